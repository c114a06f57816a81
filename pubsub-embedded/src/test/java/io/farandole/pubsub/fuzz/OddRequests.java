package io.farandole.pubsub.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Makes requests of any type from a seed: some plausible in every field, some odd in a few, some
 * odd throughout.
 */
final class OddRequests {

    private static final int DEEPEST = 5;
    private static final List<Double> ODDNESS = List.of(0.0, 0.0, 0.02, 0.1, 0.8);

    /** Most of them ask for what is refused, or may be said by the server alone. */
    private static final Set<String> RARE =
            Set.of(
                    "message_storage_policy",
                    "kms_key_name",
                    "schema_settings",
                    "ingestion_data_source_settings",
                    "message_transforms",
                    "tags",
                    "push_config",
                    "bigquery_config",
                    "cloud_storage_config",
                    "bigtable_config",
                    "dead_letter_policy",
                    "detached",
                    "state",
                    "analytics_hub_subscription_info",
                    "enable_exactly_once_delivery",
                    "ordering_key",
                    "page_token",
                    "revision_id",
                    "revision_create_time");

    private final Random random;
    private final OddStrings strings;
    private double oddness;

    OddRequests(Random random) {
        this.random = random;
        this.strings = new OddStrings(random);
    }

    Message of(Message prototype) {
        oddness = pick(ODDNESS);
        return filled(prototype, 0);
    }

    private Message filled(Message prototype, int depth) {
        Message.Builder builder = prototype.newBuilderForType();
        for (FieldDescriptor field : prototype.getDescriptorForType().getFields()) {
            if (isWanted(field, depth)) {
                fill(builder, field, depth);
            }
        }
        if (isOdd() && random.nextInt(10) == 0) {
            builder.setUnknownFields(unknownFields());
        }
        return builder.build();
    }

    /** What the request is about is nearly always there; the rest now and then. */
    private boolean isWanted(FieldDescriptor field, int depth) {
        if (depth > DEEPEST) {
            return false;
        }
        boolean needed =
                field.isRepeated()
                        || field.getJavaType() == FieldDescriptor.JavaType.STRING
                        || field.getJavaType() == FieldDescriptor.JavaType.ENUM;
        if (isOdd()) {
            return random.nextBoolean();
        }
        boolean inner = depth > 0 && field.getFullName().equals("google.pubsub.v1.Schema.name");
        if (inner || RARE.contains(field.getName())) {
            return random.nextInt(40) == 0;
        }
        return (depth == 0 || needed) ? random.nextInt(10) > 0 : random.nextInt(6) == 0;
    }

    private void fill(Message.Builder builder, FieldDescriptor field, int depth) {
        if (field.isRepeated()) {
            int count = count();
            for (int i = 0; i < count; i++) {
                builder.addRepeatedField(field, value(builder, field, depth));
            }
        } else {
            builder.setField(field, value(builder, field, depth));
        }
    }

    private Object value(Message.Builder builder, FieldDescriptor field, int depth) {
        return switch (field.getJavaType()) {
            case STRING -> isOdd() ? strings.odd() : strings.plausible(field);
            case INT -> integer();
            case LONG -> isOdd() ? pick(List.of(-1L, Long.MIN_VALUE, Long.MAX_VALUE)) : 1000L;
            case BOOLEAN -> random.nextBoolean();
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextDouble();
            case BYTE_STRING -> bytes(field);
            case ENUM ->
                    isOdd()
                            ? field.getEnumType()
                                    .findValueByNumberCreatingIfUnknown(
                                            pick(List.of(-1, 0, 99, Integer.MAX_VALUE)))
                            : plausible(field.getEnumType());
            case MESSAGE -> message(builder, field, depth);
        };
    }

    private Message message(Message.Builder builder, FieldDescriptor field, int depth) {
        Message prototype = builder.newBuilderForField(field).buildPartial();
        return switch (prototype) {
            case Duration _ -> duration(field.getName());
            case Timestamp _ -> timestamp();
            case FieldMask _ -> mask(builder);
            default -> filled(prototype, depth + 1);
        };
    }

    private Duration duration(String field) {
        long seconds =
                isOdd()
                        ? pick(
                                List.of(
                                        0L,
                                        -1L,
                                        1L,
                                        599L,
                                        31 * 86_400L + 1,
                                        315_576_000_001L,
                                        Long.MAX_VALUE,
                                        Long.MIN_VALUE,
                                        Long.MAX_VALUE / 1000 + 1))
                        : plausibleSeconds(field);
        return Duration.newBuilder().setSeconds(seconds).setNanos(nanos()).build();
    }

    private long plausibleSeconds(String field) {
        return switch (field) {
            case "minimum_backoff" -> pick(List.of(0L, 1L, 10L));
            case "maximum_backoff" -> pick(List.of(10L, 600L));
            case "ttl" -> pick(List.of(7 * 86_400L, 31 * 86_400L));
            default -> pick(List.of(600L, 86_400L, 7 * 86_400L));
        };
    }

    private Timestamp timestamp() {
        long now = System.currentTimeMillis() / 1000;
        long seconds =
                isOdd()
                        ? pick(
                                List.of(
                                        0L,
                                        -62_135_596_801L,
                                        253_402_300_800L,
                                        Long.MAX_VALUE,
                                        Long.MIN_VALUE,
                                        now + 1_000_000))
                        : now - random.nextInt(600);
        return Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos()).build();
    }

    private int nanos() {
        return isOdd() ? pick(List.of(-1, 1_000_000_000, Integer.MAX_VALUE, 1)) : 0;
    }

    /** Of the resource that the request holds, which is its first message. */
    private FieldMask mask(Message.Builder request) {
        List<String> known =
                request.getDescriptorForType().getFields().stream()
                        .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
                        .findFirst()
                        .stream()
                        .flatMap(resource -> resource.getMessageType().getFields().stream())
                        .map(FieldDescriptor::getName)
                        .toList();
        return FieldMask.newBuilder()
                .addAllPaths(
                        IntStream.range(0, isOdd() ? random.nextInt(4) : 1)
                                .mapToObj(_ -> isOdd() ? strings.oddPath() : pick(known))
                                .toList())
                .build();
    }

    private int integer() {
        return isOdd()
                ? pick(
                        List.of(
                                0,
                                -1,
                                1,
                                9,
                                601,
                                1_001,
                                100_000,
                                Integer.MAX_VALUE,
                                Integer.MIN_VALUE))
                : pick(List.of(10, 60, 100));
    }

    private int count() {
        return isOdd() ? pick(List.of(0, 1, 2, 65, 101, 1_001)) : 1 + random.nextInt(2);
    }

    /** Schemas are of one kind, so that what they say and how it is encoded often fits. */
    private EnumValueDescriptor plausible(EnumDescriptor type) {
        return switch (type.getName()) {
            case "Type" -> type.findValueByName("AVRO");
            case "Encoding" -> type.findValueByName("JSON");
            default -> pick(type.getValues());
        };
    }

    private ByteString bytes(FieldDescriptor field) {
        if (!isOdd() && field.getName().equals("message")) {
            return ByteString.copyFromUtf8("{}");
        }
        byte[] bytes = new byte[isOdd() ? pick(List.of(0, 1, 8_000)) : 20];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    private UnknownFieldSet unknownFields() {
        return UnknownFieldSet.newBuilder()
                .addField(
                        1 + random.nextInt(500) + 500,
                        UnknownFieldSet.Field.newBuilder()
                                .addVarint(random.nextLong())
                                .addLengthDelimited(ByteString.copyFromUtf8("unknown"))
                                .build())
                .build();
    }

    private boolean isOdd() {
        return random.nextDouble() < oddness;
    }

    private <T> T pick(List<T> among) {
        return among.get(random.nextInt(among.size()));
    }
}

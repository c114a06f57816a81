package io.farandole.pubsub.schema;

import static io.farandole.pubsub.schema.AvroDefinitionTest.EVERYTHING;
import static io.farandole.pubsub.schema.AvroDefinitionTest.avro;
import static io.farandole.pubsub.schema.ProtobufDefinitionTest.ORDER;
import static io.farandole.pubsub.schema.ProtobufDefinitionTest.proto;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.pubsub.v1.Encoding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

/**
 * Documents that nearly fit are taken and refused here as by Protobuf's own JSON reader, and by
 * Avro's.
 */
class JsonDifferentialTest {

    private static final int DOCUMENTS = 3_000;

    private interface Reader {
        boolean takes(String json);
    }

    @Test
    void protobufAsItsOwnReader() {
        SchemaDefinition schema = proto(ORDER);
        Reader own =
                json -> {
                    try {
                        JsonFormat.parser()
                                .merge(
                                        json,
                                        DynamicMessage.newBuilder(
                                                ((ProtobufDefinition) schema).message()));
                        return true;
                    } catch (InvalidProtocolBufferException e) {
                        return false;
                    }
                };
        compare(schema, own, random -> new Nearly(random).order(0));
    }

    @Test
    void avroAsItsOwnReader() {
        SchemaDefinition schema = avro(EVERYTHING);
        Schema avro = ((AvroDefinition) schema).schema();
        Reader own =
                json -> {
                    try {
                        new GenericDatumReader<>(avro)
                                .read(null, DecoderFactory.get().jsonDecoder(avro, json));
                        return true;
                    } catch (IOException | AvroRuntimeException e) {
                        return false;
                    }
                };
        compare(schema, own, random -> new Nearly(random).everything(0));
    }

    private interface Documents {
        String next(Random random);
    }

    private static void compare(SchemaDefinition schema, Reader own, Documents documents) {
        int taken = 0;
        for (long seed = 0; seed < DOCUMENTS; seed++) {
            String json = documents.next(new Random(seed));
            boolean here = takes(schema, json);
            assertThat(here).as("seed %d: %s", seed, json).isEqualTo(own.takes(json));
            taken += here ? 1 : 0;
        }
        // otherwise nothing was compared
        assertThat(taken).isBetween(DOCUMENTS / 10, DOCUMENTS * 9 / 10);
    }

    private static boolean takes(SchemaDefinition schema, String json) {
        try {
            schema.check(ByteString.copyFromUtf8(json), Encoding.JSON);
            return true;
        } catch (MismatchException e) {
            assertThat(e).hasMessageNotContaining("not JSON");
            return false;
        }
    }

    /** Writes documents that fit, but for a slip here and there. */
    private static final class Nearly {

        private static final List<String> SCALARS =
                List.of(
                        "null",
                        "true",
                        "false",
                        "0",
                        "1",
                        "-1",
                        "2147483648",
                        "1.5",
                        "1e3",
                        "\"\"",
                        "\"a\"",
                        "\"7\"",
                        "\"1.0\"",
                        "\"AQI=\"",
                        "\"NaN\"",
                        "[]",
                        "{}",
                        "[1]",
                        "{\"string\":\"x\"}",
                        "{\"a\":null}");
        private final Random random;

        Nearly(Random random) {
            this.random = random;
        }

        String order(int depth) {
            List<String> members = new ArrayList<>();
            maybe(members, "lines", () -> array(this::line));
            maybe(members, "byCode", () -> "{\"x\":" + line() + "}");
            maybe(
                    members,
                    random.nextBoolean() ? "byCode" : "by_code",
                    () -> "{\"y\":" + line() + "}");
            maybe(members, "state", () -> one("\"OPEN\"", "\"SHIPPED\"", "1", "7"));
            maybe(members, one("card", "cash"), () -> one("\"1\"", "\"12\"", "5"));
            if (depth < 3) {
                maybe(members, "replaces", () -> order(depth + 1));
            }
            maybe(members, "stamp", () -> "\"AQI=\"");
            slip(members);
            return object(members);
        }

        private String line() {
            List<String> members = new ArrayList<>();
            maybe(members, "item", () -> "\"a\"");
            maybe(members, "count", () -> one("1", "\"2\"", "3.0", "null"));
            slip(members);
            return object(members);
        }

        String everything(int depth) {
            List<String> members = new ArrayList<>();
            add(members, "maybe", () -> one("null", "{\"string\":\"x\"}"));
            add(members, "numbers", () -> array(() -> one("1", "2")));
            add(members, "ages", () -> one("{}", "{\"ann\":3}", "{\"ann\":3,\"bob\":4}"));
            add(members, "suit", () -> one("\"HEARTS\"", "\"SPADES\""));
            add(members, "hash", () -> "\"ab\"");
            add(
                    members,
                    "next",
                    () ->
                            depth > 2 || random.nextBoolean()
                                    ? "null"
                                    : "{\"a.b.Everything\":" + everything(depth + 1) + "}");
            slip(members);
            return object(members);
        }

        private void maybe(List<String> members, String name, Supplier<String> value) {
            if (random.nextInt(3) == 0) {
                add(members, name, value);
            }
        }

        private void add(List<String> members, String name, Supplier<String> value) {
            if (random.nextInt(60) > 0) {
                members.add(
                        "\""
                                + name
                                + "\":"
                                + (random.nextInt(25) > 0
                                        ? value.get()
                                        : SCALARS.get(random.nextInt(SCALARS.size()))));
            }
        }

        private void slip(List<String> members) {
            if (random.nextInt(40) == 0) {
                members.add("\"nothing\":" + SCALARS.get(random.nextInt(SCALARS.size())));
            }
        }

        private String object(List<String> members) {
            if (random.nextInt(4) == 0) {
                Collections.shuffle(members, random);
            }
            return "{" + String.join(",", members) + "}";
        }

        private String array(Supplier<String> element) {
            List<String> elements = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                elements.add(element.get());
            }
            return "[" + String.join(",", elements) + "]";
        }

        private String one(String... of) {
            return of[random.nextInt(of.length)];
        }
    }
}

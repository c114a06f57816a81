package io.farandole.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.farandole.events.Decoded.Refused;
import io.farandole.events.Decoded.Understood;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The codec and protobuf's own JSON reader, on the committed contracts, held against each other.
 */
class ProtobufDifferentialTest {

    private static final int BODIES = 3_000;
    private static final int EVENTS = 400;
    private static final int MANGLED = 1_500;

    private static @Nullable ProtobufContracts contracts;

    private final EventCodec codec = new EventCodec();

    @BeforeAll
    static void compileTheContracts()
            throws IOException, InterruptedException, DescriptorValidationException {
        contracts = new ProtobufContracts();
    }

    @Test
    void protobufReadsWhatTheCodecWritesAndBack() throws InvalidProtocolBufferException {
        RandomJson bodies = new RandomJson(Seeds.next("protobufReadsWhatTheCodecWritesAndBack"));
        for (Topic<?> topic : TopicCatalogue.all()) {
            int events = 0;
            while (events < EVENTS) {
                Event event = understood(topic, bodies.body(topic));
                if (event != null) {
                    events++;
                    String written =
                            new String(EventBody.write(Family.of(topic.family()), event), UTF_8);
                    DynamicMessage message = parsed(topic, written, JsonFormat.parser());
                    String printed = JsonFormat.printer().print(message);
                    assertThat(understood(topic, printed)).as(written).isEqualTo(event);
                }
            }
        }
    }

    @Test
    void agreesWithProtobufSaveWhereItMeansNotTo() {
        RandomJson bodies = new RandomJson(Seeds.next("agreesWithProtobufSaveWhereItMeansNotTo"));
        Map<Leniency, Integer> differences = new EnumMap<>(Leniency.class);
        int taken = 0;
        int refused = 0;
        for (Topic<?> topic : TopicCatalogue.all()) {
            for (int i = 0; i < BODIES; i++) {
                String body = bodies.body(topic);
                DynamicMessage theirs = understoodByProtobuf(topic, body);
                switch (decode(topic, body.getBytes(UTF_8))) {
                    case Understood<?>(var message, var _) -> {
                        taken++;
                        assertThat(theirs)
                                .as("protobuf refuses what the codec takes: %s", body)
                                .isNotNull();
                        assertSame(topic, message.event(), theirs, body);
                    }
                    case Refused<?>(var reason, var place) -> {
                        refused++;
                        if (theirs != null) {
                            Leniency leniency =
                                    Leniency.explaining(body, theirs, topic, place, reason)
                                            .orElseThrow(
                                                    () ->
                                                            new AssertionError(
                                                                    "protobuf takes what the codec refuses, "
                                                                            + place
                                                                            + " "
                                                                            + reason
                                                                            + ": "
                                                                            + body));
                            differences.merge(leniency, 1, Integer::sum);
                        }
                    }
                }
            }
        }
        System.out.println(
                "both took "
                        + taken
                        + ", refused "
                        + refused
                        + " of which protobuf took "
                        + differences);
        assertThat(differences).containsKeys(Leniency.values());
        assertThat(taken).isGreaterThan(refused / 3);
    }

    @Test
    void doesNotThrowWhateverTheBytes() {
        Random random = new Random(Seeds.next("doesNotThrowWhateverTheBytes"));
        for (Topic<?> topic : TopicCatalogue.all()) {
            for (int i = 0; i < MANGLED; i++) {
                Event event = Samples.of(topic).get(random.nextInt(Samples.of(topic).size()));
                Encoded encoded = codec.encode(Samples.message(topic, event), topic);
                byte[] data = mangled(encoded.data(), random);
                Map<String, String> attributes = mangled(encoded.attributes(), random);
                assertThatCode(() -> decodeAgain(topic, attributes, data))
                        .doesNotThrowAnyException();
            }
        }
    }

    /** What is understood after all can be written, and is understood as the same. */
    private <E extends Event> void decodeAgain(
            Topic<E> topic, Map<String, String> attributes, byte[] data) {
        if (codec.decode(topic, attributes, data, Samples.PUBLISHED)
                instanceof Understood<E>(var message, var _)) {
            Encoded again = codec.encode(message, topic);
            assertThat(codec.decode(topic, again.attributes(), again.data(), Samples.PUBLISHED))
                    .isEqualTo(new Understood<>(message, 0));
        }
    }

    private static byte[] mangled(byte[] data, Random random) {
        byte[] mangled = data.clone();
        for (int n = random.nextInt(4); n > 0; n--) {
            mangled[random.nextInt(mangled.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0
                ? Arrays.copyOf(mangled, random.nextInt(data.length + 3))
                : mangled;
    }

    private static Map<String, String> mangled(Map<String, String> attributes, Random random) {
        Map<String, String> mangled = new HashMap<>(attributes);
        if (random.nextInt(3) == 0) {
            String name =
                    mangled.keySet().stream()
                            .skip(random.nextInt(mangled.size()))
                            .findFirst()
                            .orElseThrow();
            StringBuilder value = new StringBuilder(attributes.getOrDefault(name, ""));
            value.setCharAt(
                    random.nextInt(value.length()),
                    (char) random.nextInt(1 << (1 + random.nextInt(16))));
            mangled.put(name, value.toString());
        }
        return mangled;
    }

    private void assertSame(
            Topic<?> topic, Event ours, @Nullable DynamicMessage theirs, String body) {
        try {
            String printed = JsonFormat.printer().print(Objects.requireNonNull(theirs));
            assertThat(understood(topic, printed)).as(body).isEqualTo(ours);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(body, e);
        }
    }

    private @Nullable DynamicMessage understoodByProtobuf(Topic<?> topic, String body) {
        try {
            return parsed(topic, body, JsonFormat.parser().ignoringUnknownFields());
        } catch (InvalidProtocolBufferException _) {
            return null;
        }
    }

    private static DynamicMessage parsed(Topic<?> topic, String body, JsonFormat.Parser parser)
            throws InvalidProtocolBufferException {
        Descriptor message = Objects.requireNonNull(contracts).of(topic);
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(message);
        parser.merge(body, builder);
        return builder.build();
    }

    private @Nullable Event understood(Topic<?> topic, String body) {
        return decode(topic, body.getBytes(UTF_8)) instanceof Understood<?>(var message, var _)
                ? message.event()
                : null;
    }

    /** With the type that the body seems to have, so that it is the body alone that is judged. */
    private <E extends Event> Decoded<E> decode(Topic<E> topic, byte[] data) {
        Map<String, String> attributes =
                new HashMap<>(
                        Map.of(
                                EventAttributes.SPEC_VERSION, "1.0",
                                EventAttributes.ID, "1",
                                EventAttributes.SOURCE, "test",
                                EventAttributes.TIME, "2026-11-22T09:30:00Z"));
        Decoded<E> decoded = null;
        for (Kind kind : topic.kinds()) {
            attributes.put(EventAttributes.TYPE, topic.typeOf(kind));
            decoded = codec.decode(topic, attributes, data, Samples.PUBLISHED);
            if (!(decoded instanceof Refused<E>(var _, var place))
                    || !place.equals("attribute ce-type")) {
                return decoded;
            }
        }
        return Objects.requireNonNull(decoded);
    }
}

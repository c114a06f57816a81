package io.farandole.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.Decoded.Understood;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A message of every kind, as it was written when it was released, is read for ever. */
class GoldenEventsTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final boolean WRITE = Boolean.getBoolean("golden.write");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final EventCodec codec = new EventCodec();

    /** What a golden file holds. */
    private record Golden(Map<String, String> attributes, JsonNode body) {}

    @Test
    void holdsEveryKind() throws IOException {
        for (Topic<?> topic : TopicCatalogue.all()) {
            for (Event event : Samples.of(topic)) {
                Path file = fileOf(topic, Kind.nameOf(event.getClass()));
                if (WRITE && !Files.exists(file)) {
                    write(file, codec.encode(Samples.message(topic, event), topic));
                }
            }
            for (Kind kind : topic.kinds()) {
                assertThat(fileOf(topic, kind.name()))
                        .as("write it: -Dgolden.write=true, with an example in Samples")
                        .exists();
            }
        }
    }

    @TestFactory
    List<DynamicTest> readsAndWritesItAsItWas() throws IOException {
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(
                            file ->
                                    DynamicTest.dynamicTest(
                                            GOLDEN.relativize(file).toString(), () -> check(file)))
                    .toList();
        }
    }

    private void check(Path file) throws IOException {
        Golden golden = JSON.readValue(Files.readString(file), Golden.class);
        check(
                TopicCatalogue.byName(GOLDEN.relativize(file).getName(0).toString()).orElseThrow(),
                golden);
    }

    private <E extends Event> void check(Topic<E> topic, Golden golden) {
        Decoded<E> decoded =
                codec.decode(
                        topic,
                        golden.attributes(),
                        JSON.writeValueAsBytes(golden.body()),
                        // Published when recorded: of a source event nothing else is believed.
                        Instant.parse(golden.attributes().get(EventAttributes.RECORDED_TIME)));
        assertThat(decoded).isInstanceOf(Understood.class);
        Understood<E> understood = (Understood<E>) decoded;
        if (understood.unknownFields() == 0) {
            Encoded encoded = codec.encode(understood.message(), topic);
            assertThat(encoded.attributes()).isEqualTo(golden.attributes());
            assertThat(JSON.readTree(encoded.data())).isEqualTo(golden.body());
        }
    }

    private static void write(Path file, Encoded encoded) throws IOException {
        Files.createDirectories(file.getParent());
        Golden golden =
                new Golden(new TreeMap<>(encoded.attributes()), JSON.readTree(encoded.data()));
        Files.writeString(
                file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(golden) + "\n");
    }

    private static Path fileOf(Topic<?> topic, String kind) {
        return GOLDEN.resolve(topic.name()).resolve(kind + ".v1.json");
    }
}

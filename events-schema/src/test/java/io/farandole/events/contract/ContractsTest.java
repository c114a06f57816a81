package io.farandole.events.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ContractsTest {

    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final Path RELEASED = Path.of("src", "test", "resources", "released");

    @Test
    void areWhatTheRecordsGenerate() throws IOException {
        for (Map.Entry<Path, String> file : GenerateContracts.files(MODULE).entrySet()) {
            assertThat(file.getKey())
                    .as("generate it: ./mvnw -pl events-schema compile exec:java")
                    .exists()
                    .content()
                    .isEqualTo(file.getValue());
        }
    }

    @Test
    void holdNoTopicThatIsGone() throws IOException {
        try (Stream<Path> files = Files.list(MODULE.resolve(Path.of("src", "main", "proto")))) {
            assertThat(files.map(MODULE::relativize).map(MODULE::resolve))
                    .allSatisfy(
                            file -> assertThat(GenerateContracts.files(MODULE)).containsKey(file));
        }
    }

    @Test
    void breakNothingThatWasPublished() throws IOException {
        assertThat(GenerateContracts.lock(MODULE).brokenBy(GenerateContracts.messages())).isEmpty();
    }

    @Test
    void keepWhatEveryReleaseGave() throws IOException {
        FieldLock now = GenerateContracts.lock(MODULE);
        try (Stream<Path> releases = Files.list(RELEASED)) {
            assertThat(releases)
                    .isNotEmpty()
                    .allSatisfy(
                            release ->
                                    assertThat(
                                                    now.departuresFrom(
                                                            FieldLock.parse(
                                                                    Files.readString(release))))
                                            .isEmpty());
        }
    }
}

package io.farandole.local.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The committed documents, the catalogue and the descriptions tell one story. */
class TopologyDocumentsTest {

    private static final Path DOCS = Path.of("..", "..", "docs");

    private final PlatformTopology platform = PlatformTopology.read();

    @Test
    void areWhatTheCodeSays() throws IOException {
        for (Map.Entry<String, String> file : new TopologyDocuments(platform).files().entrySet()) {
            assertThat(DOCS.resolve(file.getKey()))
                    .as(
                            "docs/%s is not what the code says; make it anew with: %s",
                            file.getKey(), TopologyDocuments.COMMAND)
                    .exists();
            assertThat(Files.readString(DOCS.resolve(file.getKey())))
                    .as(
                            "docs/%s is not what the code says; make it anew with: %s",
                            file.getKey(), TopologyDocuments.COMMAND)
                    .isEqualTo(file.getValue());
        }
    }

    @Test
    void doNotContradictTheCatalogue() {
        assertThat(platform.topology().contradictions()).isEmpty();
    }

    @Test
    void nameEveryoneElseWhoWritesOrReads() {
        assertThat(platform.topology().outsiders())
                .containsExactly(
                        "the app's backend",
                        "sources",
                        "the app",
                        "archive",
                        "operators",
                        "api-gateway",
                        "Cloud Scheduler",
                        "an embedded clock",
                        "orchestrator");
    }
}

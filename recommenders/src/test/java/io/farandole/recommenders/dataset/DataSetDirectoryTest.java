package io.farandole.recommenders.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetDirectoryTest {

    @TempDir Path home;

    private DataSetDirectory directory;

    @BeforeEach
    void nameIt() {
        directory = new DataSetDirectory(home.resolve("sets/one"));
    }

    @Test
    void readsWhatItWrote() throws IOException {
        DataSet set = set(20);

        directory.write(set);

        assertThat(directory.read()).isEqualTo(set);
        assertThat(directory.train().read()).isEqualTo(set.perUser().train());
        assertThat(set.summary())
                .isEqualTo(
                        new DataSet.Summary(
                                set.summary().fingerprint(),
                                2,
                                20,
                                20,
                                16,
                                4,
                                2,
                                Instant.ofEpochSecond(16),
                                16,
                                4,
                                2));
    }

    @Test
    void replacesWhatWasThereAndLeavesNothingBeside() throws IOException {
        directory.write(set(20));
        Files.writeString(directory.directory().resolve("stale"), "");

        directory.write(set(30));

        assertThat(directory.summary().interactions()).isEqualTo(30);
        assertThat(directory.directory().resolve("stale")).doesNotExist();
        assertThat(home.resolve("sets").toFile().list()).containsExactly("one");
    }

    @Test
    void refusesWhatIsNone() {
        assertThatThrownBy(() -> directory.summary())
                .isInstanceOf(UnreadableInteractions.class)
                .hasMessageContaining("dataset.json");
    }

    @Test
    void isEmptyOfNothing() throws IOException {
        directory.write(DataSet.of(List.of()));

        assertThat(directory.read()).isEqualTo(DataSet.of(List.of()));
        assertThat(directory.summary().cut()).isNull();
    }

    private static DataSet set(int size) {
        return DataSet.of(
                IntStream.range(0, size)
                        .mapToObj(
                                i ->
                                        new Interaction(
                                                "u" + i % 2, "i" + i, 4, Instant.ofEpochSecond(i)))
                        .toList());
    }
}

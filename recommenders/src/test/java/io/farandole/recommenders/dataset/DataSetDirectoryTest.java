package io.farandole.recommenders.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void keepsWhatIsKnownOfItems() throws IOException {
        ItemFacts facts =
                new ItemFacts(
                        Map.of(
                                "i1", List.of("category=Film\twith a tab", "title~met"),
                                "nobody's", List.of("category=Film"),
                                "unknown", List.of()));
        List<Interaction> all = set(20).perUser().train();
        DataSet known = DataSet.of(all, facts);

        directory.write(known);

        assertThat(directory.facts().ofItems())
                .isEqualTo(
                        Map.of(
                                "i1", List.of("category=Film with a tab", "title~met"),
                                "nobody's", List.of("category=Film"),
                                "unknown", List.of()));
        assertThat(known.summary().fingerprint())
                .isEqualTo(DataSet.of(all, directory.facts()).summary().fingerprint())
                .isNotEqualTo(DataSet.of(all).summary().fingerprint());
    }

    @ParameterizedTest
    @CsvSource({
        "i1;category=A|i1;category=B, facts.tsv:2: the item i1 once more",
        "i1;category, facts.tsv:1: no item and its facts",
        ";category=A, facts.tsv:1: no item and its facts"
    })
    void refusesFactsThatAreNone(String lines, String reason) throws IOException {
        directory.write(set(20));
        Files.writeString(
                directory.directory().resolve("facts.tsv"),
                lines.replace(';', '\t').replace('|', '\n'));

        assertThatThrownBy(() -> directory.facts())
                .isInstanceOf(UnreadableInteractions.class)
                .hasMessageContaining(reason);
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

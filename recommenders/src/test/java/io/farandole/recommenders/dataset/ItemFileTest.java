package io.farandole.recommenders.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemFileTest {

    @TempDir private Path home;

    @Test
    void readsTagsWordsAndCategories() throws IOException {
        StringBuilder lines = new StringBuilder("movieId,title,genres,country\n");
        lines.append("11,\"American President, The (1995)\",Comedy|Drama,US\n");
        lines.append("12,\"A \"\"quoted\"\" one\",Drama,FR\n\n");
        IntStream.range(20, 80)
                .forEach(i -> lines.append(i).append(",film ").append(i).append(",Drama,FR\n"));

        ItemFacts facts = read(lines.toString());

        assertThat(facts.of("11"))
                .containsExactlyInAnyOrder(
                        "title~american",
                        "title~president",
                        "title~the",
                        "title~1995",
                        "genres=Comedy",
                        "genres=Drama",
                        "country=US");
        assertThat(facts.of("12"))
                .contains("title~quoted", "genres=Drama", "country=FR")
                .noneMatch(fact -> fact.contains("\""));
        assertThat(facts.ofItems()).hasSize(62);
        assertThat(facts.of("nowhere")).isEmpty();
    }

    @Test
    void readsTabs() throws IOException {
        assertThat(read("item\ttype\na\tCINE, ART\nb\t\n").ofItems())
                .containsEntry("a", java.util.List.of("type=CINE, ART"))
                .containsEntry("b", java.util.List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    item,type;a,b,c       | items.csv:2: 3 columns, but the header has 2
                    item,type;a,b;a,c     | items.csv:3: the item a once more
                    item;a                | items.csv:1: an item and nothing else
                    ''                    | items.csv:1: no header
                    """)
    void refusesWhatIsMalformed(String lines, String message) {
        assertThatThrownBy(() -> read(lines.replace(';', '\n')))
                .isInstanceOf(UnreadableInteractions.class)
                .hasMessageContaining(message);
    }

    private ItemFacts read(String text) throws IOException {
        Path file = home.resolve("items.csv");
        Files.writeString(file, text);
        return new ItemFile(file).read();
    }
}

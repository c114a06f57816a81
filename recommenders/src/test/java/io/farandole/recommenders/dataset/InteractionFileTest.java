package io.farandole.recommenders.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InteractionFileTest {

    private static final Instant AT = Instant.ofEpochSecond(964_982_703);

    @TempDir Path home;

    @Test
    void readsMovieLens() throws IOException {
        assertThat(read("userId,movieId,rating,timestamp\n1,31,2.5,964982703\n"))
                .containsExactly(new Interaction("1", "31", 2.5, AT));
    }

    @Test
    void readsColumnsByTheirNamesWhateverTheirOrder() throws IOException {
        assertThat(read("timestamp\tmood\titem_id\tuser_id\n964982703\tgood\ti\tu\n"))
                .containsExactly(Interaction.of("u", "i", AT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u\ti\t4\t964982703",
                "u\ti\t4\t964982703000",
                "u,i,4.0,964982703",
                "\uFEFFu\ti\t4\t964982703.0\r\n",
                "\n\nu\ti\t4\t964982703\n\n"
            })
    void readsWithoutAHeader(String text) throws IOException {
        assertThat(read(text)).containsExactly(new Interaction("u", "i", 4, AT));
    }

    @Test
    void takesValueAndTimestampForNotKnownWhereThereAreNone() throws IOException {
        assertThat(read("u\ti\nv\tj\t\nw\tk\t\t964982703\nx\tl\t1\n"))
                .containsExactly(
                        Interaction.of("u", "i", Instant.EPOCH),
                        Interaction.of("v", "j", Instant.EPOCH),
                        Interaction.of("w", "k", AT),
                        new Interaction("x", "l", 1, Instant.EPOCH));
    }

    @Test
    void keepsIdsAsTheyAre() throws IOException {
        assertThat(read("007\té è,ü\n")).extracting(Interaction::user).containsExactly("007");
        assertThat(read("007\té è,ü\n")).extracting(Interaction::item).containsExactly("é è,ü");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    u                    | 1 columns parted by tabs, not 2 to 4
                    u\\ti\\t4\\t5\\t6    | 5 columns parted by tabs, not 2 to 4
                    u\\ti\\tfour         | value 'four' is no number
                    u\\ti\\tNaN          | value 'NaN' is no number
                    u\\ti\\t4\\tlater    | timestamp 'later' is no number
                    \\ti                 | user is empty
                    u\\t                 | item is empty
                    """)
    void refusesAMalformedLineWithItsPlaceAndReason(String line, String reason) {
        assertThatThrownBy(() -> read("a\tb\n\n" + line.replace("\\t", "\t") + "\nc\td\n"))
                .isInstanceOf(UnreadableInteractions.class)
                .hasMessage(home.resolve("acts") + ":3: " + reason);
    }

    @Test
    void refusesALineThatDoesNotFitItsHeader() {
        assertThatThrownBy(() -> read("userId,movieId,rating\n1,2\n"))
                .hasMessage(home.resolve("acts") + ":2: 2 columns parted by commas, not 3");
    }

    @Test
    void refusesWhatIsNoFileAndWhatIsNoText() throws IOException {
        Path nowhere = home.resolve("nowhere");
        assertThatThrownBy(() -> new InteractionFile(nowhere).read())
                .isInstanceOf(UnreadableInteractions.class)
                .hasMessage(nowhere + ": there is no such file");
        Path binary = Files.write(home.resolve("binary"), new byte[] {'u', '\t', (byte) 0xff});
        assertThatThrownBy(() -> new InteractionFile(binary).read())
                .isInstanceOf(UnreadableInteractions.class)
                .hasMessageContaining("not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acts.tsv", "acts.tsv.gz"})
    void readsWhatItWrote(String name) throws IOException {
        List<Interaction> acts =
                List.of(
                        new Interaction("u", "i", 4.5, Instant.ofEpochMilli(1)),
                        Interaction.of("user", "item", Instant.EPOCH),
                        new Interaction("u", "j", -3, AT.plusMillis(7)));
        InteractionFile file = new InteractionFile(home.resolve(name));

        file.write(acts);

        assertThat(file.read()).isEqualTo(acts);
    }

    @Test
    void readsALineAUser() throws IOException {
        assertThat(read("0 5 7 9\n1 5\n2 \n3 9 5\n"))
                .extracting(act -> act.user() + ">" + act.item())
                .containsExactly("0>5", "0>7", "0>9", "1>5", "3>9", "3>5");
        assertThat(read("0,1,2,3,4,5\n1,2,3,4,5,6,7\n")).hasSize(11);
    }

    @Test
    void takesSpacesForColumnsWhereAUserComesTwice() throws IOException {
        assertThat(read("u i 4 964982703\nu j 3 964982703\n"))
                .containsExactly(
                        new Interaction("u", "i", 4, AT), new Interaction("u", "j", 3, AT));
        assertThat(read("u i j k\nv j k l\n")).hasSize(6);
    }

    @Test
    void readsTheShapeThatItIsTold() throws IOException {
        Path file = Files.writeString(home.resolve("acts"), "u\ti\tj\nv\tk\tl\n");

        assertThat(new InteractionFile(file, FileShape.LISTS).read()).hasSize(4);
        assertThat(new InteractionFile(file, FileShape.SEQUENCES).read())
                .extracting(Interaction::at)
                .isEqualTo(
                        List.of(
                                Instant.ofEpochSecond(1),
                                Instant.ofEpochSecond(2),
                                Instant.ofEpochSecond(1),
                                Instant.ofEpochSecond(2)));
        assertThatThrownBy(() -> new InteractionFile(file, FileShape.COLUMNS).read())
                .hasMessage(file + ":1: value 'j' is no number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u::i::4::964982703",
                "u;i;4;964982703",
                "user_id:token\titem_id:token\trating:float\ttimestamp:float\nu\ti\t4\t964982703",
                "\"user\",\"item\",\"rating\",\"timestamp\"\n\"u\",\"i\",4,964982703"
            })
    void readsWhatOthersWrite(String text) throws IOException {
        assertThat(read(text)).containsExactly(new Interaction("u", "i", 4, AT));
    }

    @Test
    void countsLinesBeyondThoseItLookedAt() {
        String good = "u\ti\n".repeat(2 * FileShape.LOOKED_AT);
        assertThatThrownBy(() -> read(good + "broken\n"))
                .hasMessageContaining(":" + (2 * FileShape.LOOKED_AT + 1) + ": 1 columns");
    }

    private List<Interaction> read(String text) throws IOException {
        return new InteractionFile(Files.writeString(home.resolve("acts"), text)).read();
    }
}

package io.farandole.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Users are of two kinds, and each kind keeps to its own half of the items: popularity cannot tell.
 */
class OfflineCommandsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir Path home;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void act() throws IOException {
        Random random = new Random(1);
        StringBuilder lines = new StringBuilder();
        for (int user = 0; user < 60; user++) {
            int second = 1_000_000;
            for (int item : random.ints(0, 30).distinct().limit(15).toArray()) {
                lines.append(
                        String.format(
                                Locale.ROOT,
                                "u%d\ti%d\t5\t%d%n",
                                user,
                                item + (user % 2) * 30,
                                second++));
            }
        }
        Files.writeString(home.resolve("acts.tsv"), lines);
        Files.writeString(home.resolve("users"), "u1,x\nu2\nu1\nnobody\n");
    }

    @Test
    void trainsAndThenListsOneLineAUser() {
        assertThat(train("--model", "ease:lambda=20")).isZero();
        assertThat(out.toString())
                .contains("ease:lambda=20 of 900 interactions, 60 users, 60 items");

        assertThat(recommend("--k", "3", "--format", "lists")).isZero();

        assertThat(out.toString().lines()).hasSize(3);
        assertThat(out.toString().lines().map(line -> line.split(" ", -1)[0]))
                .containsExactly("u1", "u2", "nobody");
        assertThat(out.toString().lines()).allMatch(line -> line.split(" ", -1).length == 4);
        String odd = out.toString().lines().findFirst().orElseThrow();
        assertThat(odd.split(" ", -1)[1]).matches("i[345]\\d");
    }

    @Test
    void tellsWhyAndWhatIsOnlyPopular() {
        train("--model", "ease:lambda=20");

        assertThat(recommend("--k", "2")).isZero();
        assertThat(out.toString())
                .contains("User u1, by ")
                .contains("User nobody, by what is popular")
                .contains("because of");
        assertThat(recommend("--k", "2", "--format", "json")).isZero();
        JsonNode document = JSON.readTree(out.toString());
        assertThat(document.path("lists").path(0).path("items").path(0).path("because"))
                .isNotEmpty();
        assertThat(document.path("lists").path(2).path("known").asInt()).isZero();
        assertThat(document.path("model").asString()).hasSize(64);
    }

    @Test
    void choosesByItselfAndSaysWhatItTried() throws IOException {
        assertThat(train("--json")).isZero();

        String spec = JSON.readTree(out.toString()).path("spec").asString();
        assertThat(spec).startsWith("blend");
        assertThat(err.toString()).contains("auto asked 60 users for the last sixth", "quality");
        JsonNode choice = JSON.readTree(Files.readString(home.resolve("model/choice.json")));
        assertThat(choice.path("spec").asString()).isEqualTo(spec);
        assertThat(choice.path("tried").size()).isGreaterThan(10);
        String checksum = JSON.readTree(out.toString()).path("checksum").asString();
        assertThat(train("--json", "--model", spec)).isZero();
        assertThat(JSON.readTree(out.toString()).path("checksum").asString()).isEqualTo(checksum);
        assertThat(home.resolve("model/choice.json")).doesNotExist();
    }

    @Test
    void foldsInWhatAnotherFileSaysOfUsersItNeverSaw() throws IOException {
        train("--model", "ease:lambda=20");
        Path fresh = Files.writeString(home.resolve("fresh"), "nobody i31 i33 i35 i37 i39\n");

        recommend("--k", "3", "--format", "lists", "--events", fresh.toString());

        assertThat(out.toString().lines().filter(line -> line.startsWith("nobody ")).findFirst())
                .hasValueSatisfying(line -> assertThat(line).matches("nobody( i[345]\\d){3}"));
    }

    @Test
    void readsLinesOfUsersWhenToldOrByLooking() throws IOException {
        Files.writeString(home.resolve("acts.tsv"), "a i j k l m\nb j k\nc i l m\n");
        assertThat(train("--model", "popularity:half-life=none")).isZero();
        assertThat(out.toString()).contains("of 10 interactions, 3 users, 5 items");
        assertThat(train("--format-in", "columns")).isEqualTo(1);
        assertThat(err.toString()).contains("acts.tsv:1: 6 columns parted by spaces");
    }

    @Test
    void comparesAndEndsWithZeroOnlyIfPopularityIsBeaten() {
        String acts = home.resolve("acts.tsv").toString();

        assertThat(execute("evaluate", "--events", acts, "--model", "ease:lambda=20", "--k", "5"))
                .isZero();
        assertThat(out.toString())
                .contains("Each user's last fifth held out: 720 interactions")
                .contains("The last fifth of all held out")
                .contains("NDCG@5 of ease:lambda=20 minus popularity:half-life=none: +")
                .contains("is better than popularity");

        assertThat(
                        execute(
                                "evaluate",
                                "--events",
                                acts,
                                "--split",
                                "user",
                                "--model",
                                "popularity:half-life=1h",
                                "--json"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("is NOT better than popularity");
        JsonNode comparison = JSON.readTree(out.toString()).path("comparisons").path(0);
        assertThat(comparison.path("test").path("users").asInt()).isEqualTo(60);
        assertThat(comparison.path("differences").path(0).path("interval").path("low").asDouble())
                .isLessThanOrEqualTo(0);
    }

    @Test
    void tellsHowListsDifferInTypeWhereTypesAreKnown() throws IOException {
        StringBuilder types = new StringBuilder();
        for (int item = 0; item < 60; item++) {
            types.append("i").append(item).append(item < 30 ? "\tfilm\n" : "\tbook\n");
        }
        Files.writeString(home.resolve("types.tsv"), types);
        String[] evaluate = {
            "evaluate",
            "--events",
            home.resolve("acts.tsv").toString(),
            "--types",
            home.resolve("types.tsv").toString(),
            "--split",
            "user",
            "--k",
            "5",
            "--model",
            "ease:lambda=20"
        };

        assertThat(execute(evaluate)).isZero();
        assertThat(out.toString())
                .contains("serendipity@5", "warm users", "type film", "type book")
                .doesNotContain("cold users");

        Files.writeString(home.resolve("types.tsv"), "i1\tfilm\ni2\n");
        assertThat(execute(evaluate)).isEqualTo(1);
        assertThat(err.toString()).contains("types.tsv:2: no item<TAB>type").hasLineCount(1);
    }

    @Test
    void comparesEveryFamily() {
        String acts = home.resolve("acts.tsv").toString();

        assertThat(execute("evaluate", "--events", acts, "--split", "user", "--all")).isZero();
        assertThat(out.toString())
                .contains(
                        "graph:low=0.3 ", "rp3beta:alpha=0.8", "transitions:window=5", "item-knn");
    }

    @Test
    void comparesOnTwoFiles() throws IOException {
        Files.writeString(home.resolve("test.tsv"), "u1\ti31\nu2\ti2\nnew\tnowhere\n");

        assertThat(
                        execute(
                                "evaluate",
                                "--train",
                                home.resolve("acts.tsv").toString(),
                                "--test",
                                home.resolve("test.tsv").toString()))
                .isZero();
        assertThat(out.toString()).contains("1 of the users and 1 of the test items are new");
    }

    @Test
    void saysLoudlyThatItsTimeIsUpAndWritesNothing() {
        assertThat(train("--budget", "0.001s")).isEqualTo(1);
        assertThat(err.toString()).contains("took longer than its budget of 0.001s");
        assertThat(home.resolve("model")).doesNotExist();
    }

    @Test
    void refusesAMalformedLineWithItsPlace() throws IOException {
        Files.writeString(home.resolve("acts.tsv"), "u1\ti1\nu2\n");

        assertThat(train()).isEqualTo(1);
        assertThat(err.toString())
                .contains("acts.tsv:2: 1 columns parted by tabs, not 2 to 4")
                .hasLineCount(1);
    }

    @Test
    void leavesADirectoryOfSomethingElseAloneAndSaysSoBeforeItTrains() throws IOException {
        Files.writeString(home.resolve("acts.tsv"), "malformed");

        assertThat(execute("train", "--events", home + "/acts.tsv", "--out", home.toString()))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains(home + " is not replaced", "no model.json", "Nothing was done")
                .hasLineCount(1);
        assertThat(home.toFile().list()).containsExactlyInAnyOrder("acts.tsv", "users");
    }

    @Test
    void trainsTwiceToSeeThatItIsTheSameAndComparesWithWhatWasThere() {
        assertThat(train("--model", "ease:lambda=20", "--check")).isZero();
        assertThat(out.toString())
                .containsPattern(
                        "Trained twice .\\d+ threads, kernel \\w+.: the same to the bit, checksum"
                                + " [0-9a-f]{64}")
                .containsPattern("Peak memory: \\d");
        assertThat(train("--model", "ease:lambda=20")).isZero();
        assertThat(out.toString()).contains("It is the model that was there, to the bit.");
        assertThat(train("--model", "ease:lambda=30")).isZero();
        assertThat(out.toString()).doesNotContain("model that was there");
    }

    @Test
    void recommendsWhatNobodyMetByWhatIsKnownOfItems() throws IOException {
        StringBuilder items = new StringBuilder("item,half\n");
        for (int item = 0; item < 60; item++) {
            items.append("i").append(item).append(item < 30 ? ",left\n" : ",right\n");
        }
        Files.writeString(home.resolve("items.csv"), items + "fresh,left\n");
        String file = home.resolve("items.csv").toString();

        assertThat(train("--model", "ease:lambda=20", "--items", file)).isZero();
        assertThat(recommend("--k", "16", "--format", "lists")).isZero();
        assertThat(out.toString().lines().filter(line -> line.contains("fresh")))
                .hasSize(1)
                .allMatch(line -> line.startsWith("u2 "));

        Files.writeString(home.resolve("items.csv"), items + "i3,left\n");
        assertThat(train("--items", file)).isEqualTo(1);
        assertThat(err.toString()).contains("items.csv:62: the item i3 once more").hasLineCount(1);
    }

    @Test
    void comparesOnWhatIsMadeUp() {
        assertThat(execute("evaluate", "--made-up", "purchases/100", "--model", "item-knn"))
                .isZero();
        assertThat(out.toString())
                .contains("Made up, of the shape purchases: ", "Peak memory of all this: ");
        assertThat(execute("evaluate", "--made-up", "round")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no shape 'round'; there are checkins");
    }

    @Test
    void refusesWhatIsNoModel() {
        assertThat(recommend("--k", "2")).isEqualTo(1);
        assertThat(err.toString()).contains("model.json", "farandole train").hasLineCount(1);
    }

    private int train(String... more) {
        return execute(
                words(
                        new String[] {
                            "train",
                            "--events",
                            home.resolve("acts.tsv").toString(),
                            "--out",
                            home.resolve("model").toString()
                        },
                        more));
    }

    private int recommend(String... more) {
        return execute(
                words(
                        new String[] {
                            "recommend",
                            "--model",
                            home.resolve("model").toString(),
                            "--users",
                            home.resolve("users").toString()
                        },
                        more));
    }

    private static String[] words(String[] first, String[] more) {
        return Stream.of(first, more).flatMap(Arrays::stream).toArray(String[]::new);
    }

    private int execute(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine line = FarandoleCommand.line();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }
}

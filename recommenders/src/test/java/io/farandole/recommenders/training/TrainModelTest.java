package io.farandole.recommenders.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.recommenders.dataset.DataSet;
import io.farandole.recommenders.dataset.DataSetDirectory;
import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.dataset.ItemFacts;
import io.farandole.recommenders.model.Similar;
import io.farandole.recommenders.model.TrainedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainModelTest {

    @TempDir Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private DataSet set = DataSet.of(java.util.List.of());

    @BeforeEach
    void write() throws IOException {
        Random random = new Random(2);
        set =
                DataSet.of(
                        IntStream.range(0, 500)
                                .mapToObj(
                                        i ->
                                                Interaction.of(
                                                        "u" + random.nextInt(30),
                                                        "i" + random.nextInt(20),
                                                        Instant.ofEpochSecond(i)))
                                .toList());
        new DataSetDirectory(home.resolve("set")).write(set);
    }

    @Test
    void trainsOnThePartToLearnFromAndSaysWhatItMade() {
        assertThat(run("--dataset", "set", "--out", "model", "--spec", "ease", "--seed", "7"))
                .isZero();

        TrainedModel model = TrainedModel.load(home.resolve("model"));
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains("\"spec\":\"ease:lambda=200\"")
                .contains("\"dataset\":\"" + set.summary().fingerprint() + "\"")
                .contains("\"checksum\":\"" + model.checksum() + "\"")
                .contains("\"seed\":7");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("inverting");
        assertThat(model.description().interactions()).isEqualTo(set.perUser().train().size());
    }

    @Test
    void knowsWhatNobodyMetByWhatIsKnownOfIt() throws IOException {
        Map<String, List<String>> facts = new HashMap<>();
        IntStream.range(0, 20)
                .forEach(i -> facts.put("i" + i, List.of("category=" + i % 4, "all=of them")));
        facts.put("new", List.of("category=1"));
        List<Interaction> all = new ArrayList<>(set.perUser().train());
        new DataSetDirectory(home.resolve("set")).write(DataSet.of(all, new ItemFacts(facts)));

        assertThat(run("--dataset", "set", "--out", "model", "--spec", "ease")).isZero();

        TrainedModel model = TrainedModel.load(home.resolve("model"));
        assertThat(model.description().items()).isEqualTo(21);
        assertThat(model.similar("new", 4))
                .extracting(Similar::item)
                .isSubsetOf("i1", "i5", "i9", "i13", "i17")
                .hasSize(4);
        assertThat(model.foldInOrder(new TreeMap<>(Map.of("new", 1.0))).known()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--dataset set --out model",
                "--dataset set --out model --spec svd",
                "--dataset set --out model --spec ease --seed few",
                "--dataset set --out model --spec ease --fast yes",
                "--dataset set --out model --spec ease --memory much",
                "--dataset set --out model --spec ease --memory 0",
                "--dataset set --out model --spec"
            })
    void refusesWrongUsage(String words) {
        assertThat(run(words.isEmpty() ? new String[0] : words.split(" "))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Usage: TrainModel");
        assertThat(home.resolve("model")).doesNotExist();
    }

    @Test
    void takesNoMemoryBesideTheHeapThatItIsNotGiven() {
        long heap = Runtime.getRuntime().maxMemory();

        assertThat(trainWithin(heap)).isEqualTo(3);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("memory beside the heap");
        assertThat(home.resolve("model")).doesNotExist();

        assertThat(trainWithin(heap + (64 << 20))).isZero();
        assertThat(home.resolve("model")).exists();
    }

    private int trainWithin(long memory) {
        return run(
                "--dataset",
                "set",
                "--out",
                "model",
                "--spec",
                "ease",
                "--memory",
                Long.toString(memory));
    }

    @Test
    void leavesNoModelWhereTheDataSetIsMalformed() throws IOException {
        Files.writeString(home.resolve("set/train.tsv"), "u\ti\nbroken\n");

        assertThat(run("--dataset", "set", "--out", "model", "--spec", "ease")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("train.tsv:2: 1 columns");
        assertThat(home.toFile().list()).containsExactly("set");
    }

    @Test
    void leavesADirectoryOfSomethingElseAlone() {
        assertThat(run("--dataset", "set", "--out", "set", "--spec", "ease")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("set is not replaced", "model.json")
                .hasLineCount(1);
        assertThat(home.resolve("set/train.tsv")).exists();
    }

    private int run(String... arguments) {
        for (int i = 1; i < arguments.length; i++) {
            if (arguments[i - 1].equals("--dataset") || arguments[i - 1].equals("--out")) {
                arguments[i] = home.resolve(arguments[i]).toString();
            }
        }
        return TrainModel.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}

package io.farandole.recommenders.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDirectoryTest {

    @TempDir Path home;

    private final List<Interaction> interactions = new ArrayList<>();

    @BeforeEach
    void act() {
        Random random = new Random(1);
        for (int i = 0; i < 600; i++) {
            interactions.add(
                    new Interaction(
                            "u" + random.nextInt(40),
                            "i" + random.nextInt(30),
                            1 + random.nextInt(5),
                            Instant.ofEpochSecond(random.nextInt(1_000_000))));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ease:lambda=2",
                "item-knn:neighbours=5,shrink=1",
                "popularity",
                "ials:rank=4",
                "turbo:power=0.7,order=2",
                "blend:recency=4 + 1*ease:lambda=2 + 0.5*ials:rank=4"
            })
    void readsWhatItWrote(String spec) throws IOException {
        TrainedModel model = Training.train(ModelSpec.parse(spec), interactions);
        new ModelDirectory(home.resolve("model")).write(model, interactions);

        TrainedModel read = TrainedModel.load(home.resolve("model"));

        assertThat(read.description()).isEqualTo(model.description());
        assertThat(read.items()).isEqualTo(model.items());
        Map<String, Double> history = Map.of("i1", 1.0, "i2", 0.5, "i3", 0.0, "nowhere", 1.0);
        assertThat(read.fold(history).best(10)).isEqualTo(model.fold(history).best(10));
        assertThat(read.similar("i7", 10)).isEqualTo(model.similar("i7", 10)).isNotEmpty();
        assertThat(new ModelDirectory(home.resolve("model")).histories().read())
                .isEqualTo(interactions);
        assertThat(home.toFile().list()).containsExactly("model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"items.txt", "prior.bin", "weights.bin", "similar.bin"})
    void refusesAPartThatWasChanged(String part) throws IOException {
        TrainedModel model = Training.train(ModelSpec.parse("ease"), interactions);
        Path directory = home.resolve("model");
        new ModelDirectory(directory).write(model, interactions);
        byte[] bytes = Files.readAllBytes(directory.resolve(part));
        bytes[bytes.length - 2] ^= 1;
        Files.write(directory.resolve(part), bytes);

        assertThatThrownBy(() -> TrainedModel.load(directory))
                .isInstanceOf(UnreadableModel.class)
                .hasMessageContaining(directory.toString());
    }

    @Test
    void refusesWhatIsNoModel() {
        assertThatThrownBy(() -> TrainedModel.load(home))
                .isInstanceOf(UnreadableModel.class)
                .hasMessageContaining("model.json");
    }
}

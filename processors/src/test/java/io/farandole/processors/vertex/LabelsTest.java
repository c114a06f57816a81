package io.farandole.processors.vertex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LabelsTest {

    @Test
    void areTheTextItselfWhereItIsALabel() {
        assertThat(Labels.of("run-20260301-093000-5f0c")).isEqualTo("run-20260301-093000-5f0c");
    }

    @Test
    void areOtherwiseALabelOfTheTextAlone() {
        List<String> texts =
                List.of("training-2026-01-01T12:00:00Z", "training-2026-01-01t12-00-00z", "é", "É");

        List<String> labels =
                Stream.concat(texts.stream(), Stream.of("x".repeat(200))).map(Labels::of).toList();

        assertThat(labels).doesNotHaveDuplicates().allMatch(one -> one.matches("[a-z0-9_-]{1,63}"));
    }
}

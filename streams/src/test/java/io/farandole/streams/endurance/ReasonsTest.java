package io.farandole.streams.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReasonsTest {

    @Test
    void areTheWordsOfTheInnermostCauseThatHasAny() {
        assertThat(
                        Reasons.of(
                                new IllegalStateException(
                                        "outer", new IOException("disk full", new Error(" ")))))
                .isEqualTo("disk full");
        assertThat(Reasons.of(new StackOverflowError())).isEqualTo("StackOverflowError");
    }

    @Test
    void areOneLineThatAnEventMayCarry() {
        assertThat(Reasons.of(new Error("first\n  second\r\n"))).isEqualTo("first; second");
        assertThat(Reasons.of(new Error("x".repeat(1_000)))).hasSize(400).endsWith("x…");
        assertThat(Reasons.of(new Error("x".repeat(398) + "😀😀"))).hasSize(399).endsWith("x…");
    }
}

package io.farandole.local.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void alignsTextLeftAndNumbersRight() {
        assertThat(
                        new Table("topic", "events", "")
                                .row("users", 610, "ok")
                                .row("offers", 9_742L, "")
                                .lines())
                .containsExactly("topic   events", "users      610  ok", "offers   9,742");
    }

    @Test
    void writesFractionsWithAPoint() {
        assertThat(new Table("score").row(0.12345).lines()).containsExactly("score", "0.123");
    }

    @Test
    void refusesARowThatDoesNotFit() {
        assertThatThrownBy(() -> new Table("one").row(1, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

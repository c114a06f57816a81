package io.farandole.streams.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SteadinessTest {

    private final Steadiness steadiness = new Steadiness(3);

    @Test
    void isThereAfterSoManyLooks() {
        assertThat(steadiness.look(true)).isFalse();
        assertThat(steadiness.look(true)).isFalse();
        assertThat(steadiness.look(true)).isTrue();
        assertThat(steadiness.look(true)).isTrue();
    }

    @Test
    void beginsAnewWhenItWasNotSoOnce() {
        assertThat(steadiness.look(true)).isFalse();
        assertThat(steadiness.look(true)).isFalse();
        assertThat(steadiness.look(false)).isFalse();
        assertThat(steadiness.look(true)).isFalse();
        assertThat(steadiness.look(true)).isFalse();
        assertThat(steadiness.look(true)).isTrue();
    }
}

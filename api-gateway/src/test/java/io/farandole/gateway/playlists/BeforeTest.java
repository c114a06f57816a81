package io.farandole.gateway.playlists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeforeTest {

    @Test
    void aCursorKnowsWhatWasShownAndNothingElse() {
        List<String> shown = IntStream.range(0, Before.MOST).mapToObj(n -> "shown-" + n).toList();
        Before before =
                Before.of(
                        Before.NOTHING
                                .and(shown.subList(0, 100))
                                .and(shown.subList(100, Before.MOST))
                                .cursor());
        assertThat(shown).allMatch(before::has);
        assertThat(IntStream.range(0, 10_000).mapToObj(n -> "other-" + n)).noneMatch(before::has);
        assertThat(Before.NOTHING.has("shown-1")).isFalse();
        // An address has 4,096 bytes at most.
        assertThat(before.cursor()).hasSizeLessThan(2_500);
        assertThatThrownBy(() -> Before.of(before.cursor().substring(0, 800)))
                .hasMessageContaining("is no cursor");
        assertThat(before.hasRoomFor(1)).isFalse();
        assertThat(Before.NOTHING.hasRoomFor(Before.MOST)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "A", "AAAA", "****", "é", "AAAAAAAAA", "nonsense", "AAAAAAAAAAAAAA"})
    void whatIsNoCursorIsRefused(String text) {
        assertThatThrownBy(() -> Before.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no cursor");
    }
}

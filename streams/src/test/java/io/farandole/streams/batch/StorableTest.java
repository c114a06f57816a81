package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class StorableTest {

    @Test
    void leavesGoodTextsAlone() {
        String text = "Amélie 🎬";
        assertThat(Storable.text(text)).isEqualTo(text);
    }

    @Test
    void marksWhatPostgresDoesNotTake() {
        assertThat(Storable.text("a\0b\ud83c")).isEqualTo("a␀b\ufffd");
        assertThat(Storable.attributes(Map.of("na\0me", "\udc00")))
                .isEqualTo(Map.of("na␀me", "\ufffd"));
    }

    @Test
    void cutsReasonsNotInTheMiddleOfACharacter() {
        String reason = "x".repeat(1_999) + "🎬" + "y".repeat(100);
        assertThat(Storable.reason(reason)).hasSize(2_000).endsWith("x\ufffd");
    }
}

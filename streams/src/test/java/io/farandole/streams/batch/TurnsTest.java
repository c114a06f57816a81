package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.ActivityEvent;
import io.farandole.streams.Delivery;
import io.farandole.streams.batch.Incoming.Unfit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final String KEY = "user:a";
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @Test
    void aLineIsTriedWhenItsFirstIsDue() {
        WaitingLetter<ActivityEvent> first = inLine(3, NOW);
        WaitingLetter<ActivityEvent> second = inLine(4, null);

        assertThat(turns(List.of(first), List.of(), new Line<>(List.of(first, second), true)))
                .isEqualTo(new Turns<>(List.of(first, second), List.of(), List.of()));
    }

    @Test
    void whoIsDueButNotTheFirstWaitsForItsTurn() {
        WaitingLetter<ActivityEvent> first = inLine(3, null);
        WaitingLetter<ActivityEvent> second = inLine(4, NOW);

        assertThat(turns(List.of(second), List.of(), new Line<>(List.of(first, second), true)))
                .isEqualTo(new Turns<>(List.of(), List.of(), List.of(4L)));
    }

    @Test
    void whoStoodInNoLineGoesBeforeItOrBehindItAsItCame() {
        WaitingLetter<ActivityEvent> before = loose(2);
        WaitingLetter<ActivityEvent> first = inLine(3, null);
        WaitingLetter<ActivityEvent> after = loose(5);

        assertThat(
                        turns(
                                List.of(before, after),
                                List.of(before, after),
                                new Line<>(List.of(first), true)))
                .isEqualTo(new Turns<>(List.of(before), List.of(after), List.of()));
    }

    @Test
    void whoStoodInNoLineIsTriedWithItInOrder() {
        WaitingLetter<ActivityEvent> first = inLine(3, NOW);
        WaitingLetter<ActivityEvent> middle = loose(4);
        WaitingLetter<ActivityEvent> last = inLine(5, null);

        assertThat(
                        turns(
                                List.of(middle, first),
                                List.of(middle),
                                new Line<>(List.of(first, last), true)))
                .isEqualTo(new Turns<>(List.of(first, middle, last), List.of(), List.of()));
    }

    @Test
    void nobodyOvertakesTheRestOfALongLine() {
        WaitingLetter<ActivityEvent> first = inLine(3, NOW);
        WaitingLetter<ActivityEvent> second = inLine(4, null);
        WaitingLetter<ActivityEvent> late = loose(9);

        assertThat(
                        turns(
                                List.of(first, late),
                                List.of(late),
                                new Line<>(List.of(first, second), false)))
                .isEqualTo(new Turns<>(List.of(first, second), List.of(late), List.of()));
    }

    private static Turns<ActivityEvent> turns(
            List<WaitingLetter<ActivityEvent>> due,
            List<WaitingLetter<ActivityEvent>> loose,
            Line<ActivityEvent> line) {
        return Turns.of(due, loose, Map.of(KEY, line), NOW);
    }

    private static WaitingLetter<ActivityEvent> inLine(long id, @Nullable Instant due) {
        return letter(id, due, KEY);
    }

    private static WaitingLetter<ActivityEvent> loose(long id) {
        return letter(id, NOW, null);
    }

    private static WaitingLetter<ActivityEvent> letter(
            long id, @Nullable Instant due, @Nullable String line) {
        Delivery delivery = new Delivery("m" + id, KEY, Map.of(), new byte[0], NOW);
        return new WaitingLetter<>(
                id,
                DeadLetterCause.POISON,
                1,
                due,
                line,
                new Incoming<>(
                        delivery,
                        new Claim(false, new UUID(0, id)),
                        new Unfit<>(Misfortune.parkedBehind(), KEY)));
    }
}

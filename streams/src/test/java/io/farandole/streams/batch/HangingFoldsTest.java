package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.Cause;
import io.farandole.events.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class HangingFoldsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final AtomicLong nanos = new AtomicLong();
    private final HangingFolds hanging = new HangingFolds(DEADLINE, nanos::get);
    private final List<Thread> left = new ArrayList<>();
    private Predicate<Thread> leaving = left::add;

    private void look() {
        hanging.look(leaving);
    }

    /** Looked at every second. */
    private void pass(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            nanos.addAndGet(1_000_000_000);
            look();
        }
        nanos.addAndGet(time.toNanosPart());
    }

    /** Nobody does anything meanwhile: looking comes later too. */
    @Test
    void countsNoTimeInWhichTheWholeProcessStoodStill() {
        hanging.begins(envelope("one"));
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        look();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(hanging.troubles()).isEmpty();

        pass(DEADLINE.plusMillis(1));
        look();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        hanging.ended();
    }

    @Test
    void leavesAloneWhatEndsInTime() {
        hanging.begins(envelope("one"));
        pass(DEADLINE);
        look();
        hanging.ended();
        pass(DEADLINE);
        look();

        assertThat(Thread.interrupted()).isFalse();
        assertThat(hanging.troubles()).isEmpty();
        assertThatCode(() -> hanging.begins(envelope("one"))).doesNotThrowAnyException();
    }

    @Test
    void interruptsWhatDoesNotAndPutsItAsideTheNextTime() {
        hanging.begins(envelope("one"));
        pass(DEADLINE.plusMillis(1));
        look();

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(hanging.troubles()).singleElement().asString().endsWith("source one");
        assertThat(left).isEmpty();
        hanging.ended();
        assertThat(Thread.interrupted()).as("what follows was not meant").isFalse();
        assertThatThrownBy(() -> hanging.begins(envelope("one")))
                .isInstanceOf(NeverEnding.class)
                .hasMessageContaining("did not end within PT30S");
        assertThatCode(() -> hanging.begins(envelope("other"))).doesNotThrowAnyException();
    }

    @Test
    void leavesToItselfWhatDoesNotListen() {
        hanging.begins(envelope("one"));
        pass(DEADLINE.plusMillis(1));
        look();
        pass(HangingFolds.GRACE.minusMillis(1));
        look();
        assertThat(left).isEmpty();
        pass(Duration.ofMillis(1));
        look();
        look();

        assertThat(left).containsExactly(Thread.currentThread());
        assertThat(hanging.troubles()).isEmpty();
        hanging.ended();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void saysWhatHangsWhereNobodyCanGoOn() {
        hanging.begins(envelope("one"));
        leaving = _ -> false;
        pass(DEADLINE.plus(HangingFolds.GRACE).plusMillis(1));
        look();
        pass(HangingFolds.GRACE);
        look();

        assertThat(hanging.troubles()).hasSize(1);
        hanging.ended();
        assertThat(hanging.troubles()).isEmpty();
    }

    private static Envelope envelope(String id) {
        return new Envelope(
                id,
                "source",
                "type",
                "subject",
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null,
                new Cause("source", id),
                null,
                null);
    }
}

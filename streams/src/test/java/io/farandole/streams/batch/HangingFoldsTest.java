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
import org.junit.jupiter.api.Test;

class HangingFoldsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final AtomicLong nanos = new AtomicLong();
    private final HangingFolds hanging = new HangingFolds(DEADLINE, nanos::get);
    private final List<Thread> left = new ArrayList<>();

    private void look() {
        hanging.look(left::add);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
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
        pass(DEADLINE.plus(HangingFolds.GRACE).plusMillis(1));
        hanging.look(_ -> false);
        pass(HangingFolds.GRACE);
        hanging.look(_ -> false);

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

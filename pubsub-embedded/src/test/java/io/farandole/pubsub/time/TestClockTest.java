package io.farandole.pubsub.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestClockTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final TestClock clock = TestClock.at(START);
    private final Times times = clock.times();
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

    @Test
    void standsStillUntilItIsToldToAdvance() {
        times.after(1, () -> ran.add("early"));
        assertThat(clock.instant()).isEqualTo(START);
        clock.advance(Duration.ZERO);
        assertThat(ran).isEmpty();
        clock.advance(Duration.ofDays(31));
        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofDays(31)));
        assertThat(ran).containsExactly("early");
    }

    @Test
    void runsWhatFallsDueInOrderEachAtItsMoment() {
        times.after(30, () -> note("c"));
        times.after(10, () -> note("a"));
        times.after(20, () -> note("b1"));
        times.after(20, () -> note("b2"));
        times.after(41, () -> note("later"));
        clock.advance(Duration.ofMillis(40));
        assertThat(ran).containsExactly("a at 10", "b1 at 20", "b2 at 20", "c at 30");
        assertThat(times.millis()).isEqualTo(START.toEpochMilli() + 40);
    }

    @Test
    void runsWhatFollowsFromItInTheSameAdvance() {
        times.after(10, this::everyTen);
        clock.advance(Duration.ofMillis(35));
        assertThat(ran).containsExactly("ten at 10", "ten at 20", "ten at 30");
    }

    @Test
    void runsAtOnceWhatIsDueAtOnceOnAnotherThread() {
        long caller = Thread.currentThread().threadId();
        times.after(
                0,
                () -> ran.add(Thread.currentThread().threadId() == caller ? "here" : "elsewhere"));
        await().untilAsserted(() -> assertThat(ran).containsExactly("elsewhere"));
    }

    @Test
    void waitsForTheServerBeforeItGoesOn() {
        times.settledBy(_ -> note("settled"));
        times.after(10, () -> note("a"));
        times.after(20, () -> note("b"));
        clock.advance(Duration.ofMillis(20));
        assertThat(ran)
                .containsExactly(
                        "settled at 0", "a at 10", "settled at 10", "b at 20", "settled at 20");
    }

    @Test
    void runsNothingOfAServerThatIsGoneAndAllOfTheOthers() {
        Times other = clock.times();
        times.after(10, () -> note("gone"));
        other.after(10, () -> note("there"));
        times.close();
        times.after(10, () -> note("too late"));
        clock.advance(Duration.ofMillis(10));
        assertThat(ran).containsExactly("there at 10");
    }

    @Test
    void doesNotGoBack() {
        assertThatThrownBy(() -> clock.advance(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> clock.advanceTo(START.minusMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
        clock.advanceTo(START.plusSeconds(1));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void tellsOfWhatFailed() {
        times.after(
                10,
                () -> {
                    throw new IllegalStateException("broken");
                });
        assertThatThrownBy(() -> clock.advance(Duration.ofMillis(10))).hasMessage("broken");
    }

    private void everyTen() {
        note("ten");
        times.after(10, this::everyTen);
    }

    private void note(String what) {
        ran.add(what + " at " + (times.millis() - START.toEpochMilli()));
    }
}

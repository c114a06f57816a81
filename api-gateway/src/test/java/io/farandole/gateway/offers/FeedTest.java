package io.farandole.gateway.offers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How old the memory may be, by what was read and what is heard. */
class FeedTest {

    private final Feed feed = new Feed();

    @Test
    void knowsNothingBeforeItHasRead() {
        feed.hears(true, at(0));
        assertThat(feed.isLoaded()).isFalse();
        assertThat(feed.age(at(1))).isNull();
    }

    @Test
    void isAsOldAsTheReadingWhileNothingIsHeard() {
        feed.read(at(1));
        assertThat(feed.age(at(4))).isEqualTo(Duration.ofSeconds(3));
        // What came between the reading and the hearing is not known.
        feed.hears(true, at(5));
        assertThat(feed.age(at(6))).isEqualTo(Duration.ofSeconds(5));
        feed.read(at(6));
        assertThat(feed.age(at(9))).isZero();
    }

    @Test
    void isAsFarBehindAsTheLastEventWasUntilThereAreNoMore() {
        feed.hears(true, at(0));
        feed.read(at(1));
        feed.heard(Duration.ofSeconds(4), at(20));
        assertThat(feed.age(at(21))).isEqualTo(Duration.ofSeconds(4));
        feed.read(at(21));
        assertThat(feed.age(at(22))).isEqualTo(Duration.ofSeconds(1));
        feed.confirmed(at(26));
        assertThat(feed.age(at(26))).isZero();
    }

    @Test
    void hearsNothingOfABrokerThatIsAway() {
        feed.hears(true, at(0));
        feed.read(at(1));
        feed.confirmed(at(3));
        assertThat(feed.hears(at(12))).isTrue();
        assertThat(feed.hears(at(14))).isFalse();
        assertThat(feed.age(at(14))).isEqualTo(Duration.ofSeconds(13));
        feed.confirmed(at(15));
        assertThat(feed.age(at(15))).isZero();
    }

    @Test
    void isSettledAWhileAfterHearingBegan() {
        feed.hears(true, at(0));
        feed.confirmed(at(60));
        assertThat(feed.isSettled(Duration.ofMinutes(1), at(60))).isFalse();
        assertThat(feed.isSettled(Duration.ofMinutes(1), at(61))).isTrue();
        feed.hears(false, at(62));
        feed.hears(true, at(63));
        assertThat(feed.isSettled(Duration.ofMinutes(1), at(64))).isFalse();
    }

    /** Clocks may begin anywhere, and pass the largest number. */
    private static long at(int second) {
        return Long.MAX_VALUE
                - Duration.ofSeconds(10).toNanos()
                + Duration.ofSeconds(second).toNanos();
    }
}

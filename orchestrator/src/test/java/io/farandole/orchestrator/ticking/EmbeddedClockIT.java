package io.farandole.orchestrator.ticking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.TickEvent;
import io.farandole.postgres.DurablePostgres;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is sent when, on a clock that the test moves and times that Postgres keeps. */
class EmbeddedClockIT {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String QUARTERS = "0 0/15 * * * *";

    private static DurablePostgres postgres;

    private final MovableClock time = new MovableClock(NOON.plusSeconds(30));
    private final List<TickEvent.Due> sent = new ArrayList<>();

    @BeforeAll
    static void start() {
        postgres = DurablePostgres.temporary();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void forget() {
        EmbeddedClock _ = clock(sent::add);
        JdbcClient.create(postgres.ownerDataSource()).sql("delete from ticking.schedule").update();
    }

    @Test
    void sendsATickWhenItIsDueAndOnce() {
        EmbeddedClock clock = clock(sent::add);
        clock.sendDue();
        time.moveTo("12:14:59");
        clock.sendDue();
        assertThat(sent).isEmpty();

        time.moveTo("12:15:00");
        clock.sendDue();
        clock.sendDue();
        assertThat(sent).containsExactly(tick("12:15"));

        time.moveTo("12:45:01");
        clock.sendDue();
        assertThat(sent).containsExactly(tick("12:15"), tick("12:30"), tick("12:45"));
    }

    @Test
    void sendsWhatWasMissedWithinTheLastHourAfterARestartAndNothingOlder() {
        clock(sent::add).sendDue();
        time.moveTo("14:10:00");

        EmbeddedClock restarted = clock(sent::add);
        restarted.sendDue();
        restarted.sendDue();
        clock(sent::add).sendDue();

        assertThat(sent)
                .containsExactly(tick("13:15"), tick("13:30"), tick("13:45"), tick("14:00"));
    }

    @Test
    void sendsNothingOfTheTimeBeforeItsFirstStart() {
        clock(sent::add).sendDue();

        assertThat(sent).isEmpty();
    }

    @Test
    void sendsATickAgainThatWasNotAcknowledged() {
        EmbeddedClock clock =
                clock(
                        tick -> {
                            sent.add(tick);
                            if (sent.size() == 1) {
                                throw new IllegalStateException("the broker is away");
                            }
                        });
        clock.sendDue();
        time.moveTo("12:15:00");

        assertThatThrownBy(clock::sendDue).hasMessage("the broker is away");
        clock.sendDue();
        clock.sendDue();

        assertThat(sent).containsExactly(tick("12:15"), tick("12:15"));
    }

    private EmbeddedClock clock(Consumer<TickEvent.Due> sending) {
        return new EmbeddedClock(
                new TickingSettings(Map.of("quarters", QUARTERS)).all(),
                new ReachedTimes(postgres.ownerDataSource()),
                sending,
                time);
    }

    private static TickEvent.Due tick(String at) {
        return new TickEvent.Due("quarters", Instant.parse("2026-03-01T" + at + ":00Z"));
    }

    private static final class MovableClock extends Clock {

        private Instant now;

        MovableClock(Instant now) {
            this.now = now;
        }

        void moveTo(String at) {
            Instant then = Instant.parse("2026-03-01T" + at + "Z");
            assertThat(Duration.between(now, then)).isPositive();
            now = then;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("this clock knows UTC alone");
        }
    }
}

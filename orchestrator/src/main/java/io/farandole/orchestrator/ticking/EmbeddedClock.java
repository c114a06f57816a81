package io.farandole.orchestrator.ticking;

import io.farandole.events.TickEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends a tick whenever a schedule is due. What came due while it did not run, or could not send,
 * is sent as soon as it can, unless it is older than an hour. A tick may be sent again after a
 * crash, or by another instance: it is the same event.
 */
final class EmbeddedClock implements SmartLifecycle {

    static final Duration CATCHES_UP = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(EmbeddedClock.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final List<Schedule> schedules;
    private final ReachedTimes times;
    private final Consumer<TickEvent.Due> sending;
    private final Clock clock;
    private final Map<String, Instant> reached = new HashMap<>();
    private boolean inTrouble;
    private @Nullable ScheduledExecutorService looking;

    /**
     * @param sending returns when the tick is acknowledged, and throws when it is not
     */
    EmbeddedClock(
            List<Schedule> schedules,
            ReachedTimes times,
            Consumer<TickEvent.Due> sending,
            Clock clock) {
        this.schedules = schedules;
        this.times = times;
        this.sending = sending;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("embedded clock").factory());
        Future<?> _ =
                timer.scheduleWithFixedDelay(
                        this::look, 0, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        looking = timer;
    }

    @Override
    public synchronized void stop() {
        if (looking != null) {
            looking.shutdownNow();
            looking = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return looking != null;
    }

    /**
     * Sends what is due by now.
     *
     * @throws RuntimeException if it could not be sent or noted; the next call sends it
     */
    void sendDue() {
        Instant now = clock.instant();
        for (Schedule schedule : schedules) {
            Instant from = reached.computeIfAbsent(schedule.name(), name -> times.of(name, now));
            Instant oldest = now.minus(CATCHES_UP);
            for (Instant due : schedule.due(from.isAfter(oldest) ? from : oldest, now)) {
                sending.accept(new TickEvent.Due(schedule.name(), due));
                times.advance(schedule.name(), due);
                reached.put(schedule.name(), due);
                log.info("Schedule {} was due at {}", schedule.name(), due);
            }
        }
    }

    private void look() {
        try {
            sendDue();
            if (inTrouble) {
                log.info("The embedded clock sends ticks again");
                inTrouble = false;
            }
        } catch (Throwable e) {
            // Whatever escaped would end the looking for ever.
            if (!inTrouble) {
                log.warn("The embedded clock cannot send ticks until this works again", e);
                inTrouble = true;
            }
        }
    }
}

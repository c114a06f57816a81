package io.farandole.gateway.impressions;

import io.farandole.events.ImpressionEvent;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.impressions.Lost.Reason;
import io.farandole.gateway.publishing.Publishers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Publishes what was answered, beside the answers: a call is neither slowed nor failed by it. So
 * many may wait for the broker; what it does not take in time is kept in the outbox until it does;
 * what cannot be kept either is counted, never silently left out.
 */
@Component
public class Impressions implements SmartLifecycle {

    static final String PUBLISHED = "farandole.api.impressions.published";
    static final String WAITING = "farandole.api.impressions.waiting";

    // After the web server has answered its last call, before the broker's client is closed.
    private static final int PHASE = DEFAULT_PHASE - 4096;

    private final GatewaySettings.Impressions settings;
    private final Enveloping enveloping = new Enveloping(Clock.systemUTC());
    private final Lost lost;
    private final Telling telling;
    private final Spilling spilling;
    private final boolean spills;

    // A place for each that waits, from when it is told until the broker or the outbox has it.
    private final Semaphore places;
    // As many again for what is left to the outbox at once, because the others are taken.
    private final Semaphore overflow;
    // One thread: the order of a key's impressions is that of its answers.
    private final ExecutorService teller =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("impressions").factory());
    private volatile boolean running;

    Impressions(
            Publishers publishers, Outbox outbox, MeterRegistry meters, GatewaySettings settings) {
        this.settings = settings.impressions();
        this.spills = outbox.isThere();
        this.places = new Semaphore(this.settings.buffer());
        this.overflow = new Semaphore(spills ? this.settings.buffer() : 0);
        this.lost = new Lost(meters);
        Counter published = meters.counter(PUBLISHED);
        this.telling =
                new Telling(
                        publishers, lost, spills, this.settings.spillAfter(), published::increment);
        this.spilling = new Spilling(telling, outbox, lost, meters);
        meters.gauge(WAITING, telling, Telling::size);
    }

    /**
     * Tells that a call was answered so. Returns at once, and never throws.
     *
     * @param impression what to tell; asked on another thread
     */
    public void served(Call call, Supplier<? extends ImpressionEvent> impression) {
        if (!settings.enabled() || call.isRehearsal()) {
            return;
        }
        if (!running) {
            lost.count(1, Reason.ENDED, null);
        } else if (places.tryAcquire()) {
            hand(call, impression, places, true);
        } else if (overflow.tryAcquire()) {
            hand(call, impression, overflow, false);
        } else {
            lost.count(1, Reason.FULL, null);
        }
    }

    private void hand(
            Call call,
            Supplier<? extends ImpressionEvent> impression,
            Semaphore room,
            boolean toBroker) {
        try {
            teller.execute(() -> tell(call, impression, room, toBroker));
        } catch (RejectedExecutionException e) {
            // The end came between the look at it and here.
            lost.count(1, Reason.ENDED, null);
            room.release();
        }
    }

    private void tell(
            Call call,
            Supplier<? extends ImpressionEvent> impression,
            Semaphore room,
            boolean toBroker) {
        Held message;
        try {
            message = new Held(enveloping.envelop(impression.get(), call), room);
        } catch (RuntimeException e) {
            // Not to be written.
            lost.count(1, Reason.REFUSED, e);
            room.release();
            return;
        }
        if (toBroker) {
            telling.tell(message);
        } else {
            telling.leave(message);
        }
    }

    @Override
    public void start() {
        spilling.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        teller.shutdown();
        try {
            boolean isOver = isOver();
            if (!isOver && spills) {
                telling.allAreDue();
                isOver = isOver();
            }
            if (!isOver) {
                lost.count(settings.buffer() - places.availablePermits(), Reason.ENDED, null);
                lost.count(overflowing(), Reason.ENDED, null);
            }
        } catch (InterruptedException e) {
            lost.count(telling.size(), Reason.ENDED, e);
            Thread.currentThread().interrupt();
        }
        spilling.stop();
    }

    /** Waits until nothing waits any more: all places are free. */
    private boolean isOver() throws InterruptedException {
        long patience = settings.drainDeadline().toMillis();
        int buffer = settings.buffer();
        if (!places.tryAcquire(buffer, patience, TimeUnit.MILLISECONDS)) {
            return false;
        }
        places.release(buffer);
        return !spills || overflow.tryAcquire(buffer, patience, TimeUnit.MILLISECONDS);
    }

    private int overflowing() {
        return spills ? settings.buffer() - overflow.availablePermits() : 0;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}

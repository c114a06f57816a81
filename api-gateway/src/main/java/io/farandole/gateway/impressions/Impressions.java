package io.farandole.gateway.impressions;

import io.farandole.events.ImpressionEvent;
import io.farandole.events.TopicCatalogue;
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
 * many may wait for the broker; what it cannot be given is counted, never silently left out.
 */
@Component
public class Impressions implements SmartLifecycle {

    static final String PUBLISHED = "farandole.api.impressions.published";
    static final String WAITING = "farandole.api.impressions.waiting";

    // After the web server has answered its last call, before the broker's client is closed.
    private static final int PHASE = DEFAULT_PHASE - 4096;

    private final GatewaySettings.Impressions settings;
    private final Publishers publishers;
    private final Enveloping enveloping = new Enveloping(Clock.systemUTC());
    private final Counter published;
    private final Lost lost;

    // A place for each that waits, from when it is told until the broker has it.
    private final Semaphore places;
    // One thread: the order of a key's impressions is that of its answers.
    private final ExecutorService teller =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("impressions").factory());
    private volatile boolean running;

    Impressions(Publishers publishers, MeterRegistry meters, GatewaySettings settings) {
        this.settings = settings.impressions();
        this.publishers = publishers;
        this.places = new Semaphore(this.settings.buffer());
        this.published = meters.counter(PUBLISHED);
        this.lost = new Lost(meters);
        meters.gauge(WAITING, this, Impressions::waiting);
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
            hand(call, impression);
        } else {
            lost.count(1, Reason.FULL, null);
        }
    }

    private void hand(Call call, Supplier<? extends ImpressionEvent> impression) {
        try {
            teller.execute(() -> tell(call, impression));
        } catch (RejectedExecutionException e) {
            // The end came between the look at it and here.
            lost.count(1, Reason.ENDED, null);
            places.release();
        }
    }

    private void tell(Call call, Supplier<? extends ImpressionEvent> impression) {
        try {
            publishers
                    .publish(TopicCatalogue.IMPRESSIONS, enveloping.envelop(impression.get(), call))
                    .subscribe(_ -> done(), this::failed);
        } catch (RuntimeException e) {
            // Not to be written, or the client is full or closed.
            failed(e);
        }
    }

    private void done() {
        published.increment();
        places.release();
    }

    private void failed(Throwable failure) {
        lost.count(1, Reason.REFUSED, failure);
        places.release();
    }

    private int waiting() {
        return settings.buffer() - places.availablePermits();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        int buffer = settings.buffer();
        try {
            // All places free: nothing waits any more.
            if (places.tryAcquire(
                    buffer, settings.drainDeadline().toMillis(), TimeUnit.MILLISECONDS)) {
                places.release(buffer);
            } else {
                lost.count(waiting(), Reason.ENDED, null);
            }
        } catch (InterruptedException e) {
            lost.count(waiting(), Reason.ENDED, e);
            Thread.currentThread().interrupt();
        }
        teller.shutdown();
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

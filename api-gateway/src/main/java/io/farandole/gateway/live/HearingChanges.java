package io.farandole.gateway.live;

import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.spring.core.GcpProjectIdProvider;
import com.google.cloud.spring.pubsub.PubSubAdmin;
import com.google.cloud.spring.pubsub.support.SubscriberFactory;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.PubsubMessage;
import io.farandole.events.ActivityEvent;
import io.farandole.events.CatalogueEvent;
import io.farandole.events.Decoded;
import io.farandole.events.Event;
import io.farandole.events.EventCodec;
import io.farandole.events.InstanceSubscription;
import io.farandole.events.Message;
import io.farandole.events.RecommendationEvent;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import io.farandole.gateway.offers.Offers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hears what changes lists: that they were rewritten, that another release is served, what becomes
 * of offers, and of users while somebody looks at a list. It does so through subscriptions of this
 * instance alone: each instance has to hear all of it, for it does not know who looks where.
 */
@Component
class HearingChanges implements SmartLifecycle {

    static final String HEARD = "farandole.api.live.heard";
    static final String REFUSED = "farandole.api.live.refused";

    // Before the web server waits for its last calls to end: open streams never would.
    private static final int PHASE = DEFAULT_PHASE - 512;

    private static final long PATIENCE_SECONDS = 5;

    /** A broker that is away is no failure of a subscription: it waits, and says nothing. */
    private static final long CONFIRMED_EVERY_SECONDS = 3;

    private static final Logger log = LoggerFactory.getLogger(HearingChanges.class);

    private final OpenStreams streams;
    private final Offers offers;
    private final EventCodec codec = new EventCodec();
    private final Counter heard;
    private final Counter refused;
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("live").factory());
    private final List<InstanceSubscriber> always = new ArrayList<>();
    private final List<InstanceSubscriber> whileSomebodyLooks = new ArrayList<>();
    private volatile boolean running;

    HearingChanges(
            OpenStreams streams,
            Offers offers,
            PubSubAdmin admin,
            SubscriberFactory factory,
            GcpProjectIdProvider project,
            MeterRegistry meters) {
        this.streams = streams;
        this.offers = offers;
        this.heard = meters.counter(HEARD);
        this.refused = meters.counter(REFUSED);
        String instance = UUID.randomUUID().toString();
        for (InstanceSubscription subscription : TopicCatalogue.instanceSubscriptions()) {
            boolean isActivity = subscription.topic().equals(TopicCatalogue.ACTIVITY);
            (isActivity ? whileSomebodyLooks : always)
                    .add(
                            new InstanceSubscriber(
                                    subscription,
                                    instance,
                                    project.getProjectId(),
                                    admin,
                                    factory,
                                    receiver(subscription),
                                    executor,
                                    this::hearing));
        }
        offers.onChange(streams::itemsChanged);
        streams.onFirst(this::somebodyLooks);
    }

    private MessageReceiver receiver(InstanceSubscription subscription) {
        return (message, consumer) -> {
            understand(subscription.topic(), message);
            consumer.ack();
        };
    }

    private <E extends Event> void understand(Topic<E> topic, PubsubMessage message) {
        switch (codec.decode(
                topic,
                message.getAttributesMap(),
                message.getData().toByteArray(),
                Instant.now())) {
            case Decoded.Understood<E> understood -> {
                heard.increment();
                happened(understood.message(), published(message));
            }
            case Decoded.Refused<E> told -> {
                refused.increment();
                log.warn(
                        "A message of {} is passed over: {} {}",
                        topic,
                        told.place(),
                        told.reason());
            }
        }
    }

    private void happened(Message<? extends Event> message, Instant published) {
        switch (message.event()) {
            case RecommendationEvent.ListRefreshed refreshed -> streams.changed(refreshed.user());
            // Many a list is another one, and no event tells of each.
            case TrainingEvent.Released _, TrainingEvent.Promoted _, TrainingEvent.RolledBack _ ->
                    streams.allChanged();
            case CatalogueEvent event ->
                    offers.heard(new Message<>(message.envelope(), event), published);
            // What was only looked at, or liked, changes a list alone, which is told by itself.
            case ActivityEvent.Viewed _,
                    ActivityEvent.Favourited _,
                    ActivityEvent.Unfavourited _,
                    ActivityEvent.BookingUsed _ -> {}
            case ActivityEvent event -> streams.willChange(event.user());
            default -> {
                // Other steps of a run change no list.
            }
        }
    }

    private static Instant published(PubsubMessage message) {
        Timestamp at = message.getPublishTime();
        return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
    }

    /** It hears, or does not any more. */
    private void hearing() {
        boolean all = always.stream().allMatch(InstanceSubscriber::hears);
        streams.hears(all);
        offers.hears(all);
        if (all) {
            // Whoever looks may have missed something until now.
            streams.allChanged();
        }
    }

    private void somebodyLooks() {
        if (running) {
            connect(whileSomebodyLooks);
        }
    }

    private void connect(List<InstanceSubscriber> subscribers) {
        subscribers.forEach(subscriber -> executor.execute(subscriber::connect));
    }

    @Override
    public void start() {
        running = true;
        connect(always);
        ScheduledFuture<?> _ =
                executor.scheduleWithFixedDelay(
                        () -> always.forEach(one -> one.confirm(offers::confirmed)),
                        CONFIRMED_EVERY_SECONDS,
                        CONFIRMED_EVERY_SECONDS,
                        TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        running = false;
        streams.end();
        executor.shutdownNow();
        // The broker may be away: the end does not wait long for it.
        ExecutorService ending =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("live-end").factory());
        always.forEach(subscriber -> ending.execute(subscriber::stop));
        whileSomebodyLooks.forEach(subscriber -> ending.execute(subscriber::stop));
        ending.shutdown();
        try {
            if (!ending.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("The broker does not answer; it deletes our subscriptions in a day");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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

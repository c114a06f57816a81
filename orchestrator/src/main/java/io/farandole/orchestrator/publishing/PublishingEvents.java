package io.farandole.orchestrator.publishing;

import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.spring.pubsub.support.PublisherFactory;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import io.farandole.events.Cause;
import io.farandole.events.Encoded;
import io.farandole.events.Envelope;
import io.farandole.events.Event;
import io.farandole.events.EventCodec;
import io.farandole.events.EventId;
import io.farandole.events.Message;
import io.farandole.events.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Publishes events of the orchestrator's own, in order for each key. */
public final class PublishingEvents {

    /** What these events name as their source. */
    public static final String SOURCE = "farandole/orchestrator";

    private static final long REST = Duration.ofMillis(250).toNanos();
    static final String RESTS = "another event of its key has failed just now";

    private final PublisherFactory factory;
    private final Clock clock;
    private final EventCodec codec = new EventCodec();
    private final Map<String, Way> ways = new ConcurrentHashMap<>();

    /**
     * A topic's publisher.
     *
     * @param refused keys that the client refuses since a failure, and when that was
     */
    private record Way(Publisher publisher, Map<String, Long> refused) {

        Way(Publisher publisher) {
            this(publisher, new ConcurrentHashMap<>());
        }

        /**
         * Whether the client takes the key's messages. It tells of a failure before it is done with
         * it, and loses what it is given meanwhile: so the key rests a little, and the client is
         * told to take it again right before the next message.
         */
        boolean takes(String key) {
            Long failed = refused.get(key);
            if (failed == null) {
                return true;
            }
            if (System.nanoTime() - failed < REST) {
                return false;
            }
            if (refused.remove(key, failed)) {
                publisher.resumePublish(key);
            }
            return true;
        }
    }

    public PublishingEvents(PublisherFactory factory, Clock clock) {
        this.factory = factory;
        this.clock = clock;
    }

    /**
     * Says that something happened now. Each call is an event of its own: saying a thing twice is
     * saying two things.
     *
     * @param correlation the run or call that the event belongs to
     * @return complete, with the broker's id of the message, when the broker has acknowledged it
     */
    public <E extends Event> CompletableFuture<String> publish(
            Topic<E> topic, E event, @Nullable String correlation) {
        Instant now = now();
        return publish(
                topic, event, EventId.ingested(now, topic, UUID.randomUUID(), 0), now, correlation);
    }

    /**
     * Says that something happened then, under an id that tells whether it was said before.
     *
     * @return complete, with the broker's id of the message, when the broker has acknowledged it
     */
    public <E extends Event> CompletableFuture<String> publish(
            Topic<E> topic, E event, UUID id, Instant time, @Nullable String correlation) {
        Envelope envelope =
                new Envelope(
                        id.toString(),
                        SOURCE,
                        topic.typeOf(event),
                        topic.subjectOf(event),
                        time,
                        now(),
                        correlation,
                        null,
                        new Cause(SOURCE, id.toString()),
                        null,
                        null);
        return send(topic, codec.encode(new Message<>(envelope, event), topic));
    }

    private CompletableFuture<String> send(Topic<?> topic, Encoded encoded) {
        Way way =
                ways.computeIfAbsent(topic.name(), name -> new Way(factory.createPublisher(name)));
        String key = encoded.orderingKey();
        if (!way.takes(key)) {
            return CompletableFuture.failedFuture(new IllegalStateException(RESTS));
        }
        CompletableFuture<String> acknowledged = new CompletableFuture<>();
        ApiFutures.addCallback(
                way.publisher()
                        .publish(
                                PubsubMessage.newBuilder()
                                        .setData(ByteString.copyFrom(encoded.data()))
                                        .putAllAttributes(encoded.attributes())
                                        .setOrderingKey(key)
                                        .build()),
                new ApiFutureCallback<>() {
                    @Override
                    public void onSuccess(String messageId) {
                        acknowledged.complete(messageId);
                    }

                    @Override
                    public void onFailure(Throwable failure) {
                        way.refused().put(key, System.nanoTime());
                        acknowledged.completeExceptionally(failure);
                    }
                },
                MoreExecutors.directExecutor());
        return acknowledged;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}

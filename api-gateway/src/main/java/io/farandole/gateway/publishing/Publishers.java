package io.farandole.gateway.publishing;

import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.spring.pubsub.support.PublisherFactory;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import io.farandole.events.Encoded;
import io.farandole.events.Topic;
import io.farandole.events.Topic.Ring;
import io.farandole.events.TopicCatalogue;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Hands messages to the broker's client, which keeps the order of each key. */
@Component
public class Publishers {

    private static final int MOST_WAITING = 20_000;
    private static final long MOST_WAITING_BYTES = 64L << 20;

    private static final long REST = Duration.ofMillis(250).toNanos();
    static final String RESTS = "another message of its key has failed just now";

    private final Map<Topic<?>, Way> ways;
    private final Waiting waiting;

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

    // Made at the start, because making one costs time that no request should pay.
    @Autowired
    Publishers(PublisherFactory factory) {
        this(factory, new Waiting(MOST_WAITING, MOST_WAITING_BYTES));
    }

    Publishers(PublisherFactory factory, Waiting waiting) {
        this.waiting = waiting;
        this.ways =
                Stream.concat(
                                TopicCatalogue.all().stream()
                                        .filter(topic -> topic.ring() == Ring.SOURCE),
                                Stream.of(TopicCatalogue.IMPRESSIONS))
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        topic -> topic,
                                        topic -> new Way(factory.createPublisher(topic.name()))));
    }

    /**
     * Hands the message over now, not when the result is subscribed to.
     *
     * @return the broker's id of the message once it is acknowledged; an error if it never will be,
     *     if another one of its key has failed just now, or if as much as may be waits for the
     *     broker already
     * @throws IllegalStateException if the client is closed: we are about to end
     */
    public Mono<String> publish(Topic<?> topic, Encoded message) {
        Way way = ways.get(topic);
        if (way == null) {
            throw new IllegalArgumentException("nothing is published to " + topic + " here");
        }
        if (!way.takes(message.orderingKey())) {
            return Mono.error(new IllegalStateException(RESTS));
        }
        int bytes = message.data().length;
        if (!waiting.takesOn(bytes)) {
            return Mono.error(new IllegalStateException("too much waits for the broker already"));
        }
        CompletableFuture<String> acknowledged = new CompletableFuture<>();
        // The place is given back when the client is done, whoever still waits for that.
        CompletableFuture<String> _ = acknowledged.whenComplete((_, _) -> waiting.letsGo(bytes));
        try {
            hand(way, message, acknowledged);
        } catch (RuntimeException e) {
            acknowledged.completeExceptionally(e);
            throw e;
        }
        return Mono.fromFuture(acknowledged, true);
    }

    private static void hand(Way way, Encoded message, CompletableFuture<String> acknowledged) {
        String key = message.orderingKey();
        ApiFutures.addCallback(
                way.publisher()
                        .publish(
                                PubsubMessage.newBuilder()
                                        .putAllAttributes(message.attributes())
                                        .setData(ByteString.copyFrom(message.data()))
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
    }
}

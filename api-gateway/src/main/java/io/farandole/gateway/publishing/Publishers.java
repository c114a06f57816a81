package io.farandole.gateway.publishing;

import com.google.api.core.ApiFuture;
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
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Hands messages to the broker's client, which keeps the order of each key. */
@Component
public class Publishers {

    private final Map<Topic<?>, Publisher> publishers;

    // Made at the start, because making one costs time that no request should pay.
    Publishers(PublisherFactory factory) {
        this.publishers =
                Stream.concat(
                                TopicCatalogue.all().stream()
                                        .filter(topic -> topic.ring() == Ring.SOURCE),
                                Stream.of(TopicCatalogue.IMPRESSIONS))
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        topic -> topic,
                                        topic -> factory.createPublisher(topic.name())));
    }

    /**
     * Hands the message over now, not when the result is subscribed to.
     *
     * @return the broker's id of the message once it is acknowledged; an error if it never will be
     * @throws IllegalStateException if the client is closed: we are about to end
     */
    public Mono<String> publish(Topic<?> topic, Encoded message) {
        Publisher publisher = publisher(topic);
        ApiFuture<String> answer =
                publisher.publish(
                        PubsubMessage.newBuilder()
                                .putAllAttributes(message.attributes())
                                .setData(ByteString.copyFrom(message.data()))
                                .setOrderingKey(message.orderingKey())
                                .build());
        return Mono.create(
                sink ->
                        ApiFutures.addCallback(
                                answer,
                                new ApiFutureCallback<>() {
                                    @Override
                                    public void onSuccess(String messageId) {
                                        sink.success(messageId);
                                    }

                                    @Override
                                    public void onFailure(Throwable failure) {
                                        // The client has stopped this key; the next attempt
                                        // must find it open.
                                        publisher.resumePublish(message.orderingKey());
                                        sink.error(failure);
                                    }
                                },
                                MoreExecutors.directExecutor()));
    }

    private Publisher publisher(Topic<?> topic) {
        Publisher publisher = publishers.get(topic);
        if (publisher == null) {
            throw new IllegalArgumentException("nothing is published to " + topic + " here");
        }
        return publisher;
    }
}

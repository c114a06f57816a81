package io.farandole.gateway.events;

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
import io.farandole.gateway.GatewaySettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Publishes events in the order given, each under its entity's ordering key. */
@Component
class Publishing {

    private final Map<Topic<?>, Publisher> publishers;
    private final Duration deadline;

    // Made at the start, because making one costs time that no request should pay.
    Publishing(PublisherFactory factory, GatewaySettings settings) {
        this.publishers =
                OpenTopics.all().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        topic -> topic,
                                        topic -> factory.createPublisher(topic.name())));
        this.deadline = settings.events().publishDeadline();
    }

    /** An event of which it is not known whether the broker has it. */
    record Unacknowledged(int index, String reason) {}

    /** Ends when the broker has answered for every event, or the deadline is over; never fails. */
    Mono<List<Unacknowledged>> publish(List<Verdict.Accepted> events) {
        return Mono.defer(
                () -> {
                    // All are handed to the client first: it keeps the order of each key.
                    List<Mono<Unacknowledged>> answers =
                            events.stream().map(this::publish).toList();
                    return Flux.mergeSequential(answers, Math.max(1, answers.size()), 1)
                            .collectList();
                });
    }

    /** Empty once the event is acknowledged. */
    private Mono<Unacknowledged> publish(Verdict.Accepted event) {
        Publisher publisher = publisher(event.topic());
        Encoded message = event.message();
        ApiFuture<String> answer;
        try {
            answer = publisher.publish(messageOf(message));
        } catch (IllegalStateException e) {
            // The client is closed: we are about to end.
            return Mono.just(new Unacknowledged(event.index(), "this instance is shutting down"));
        }
        return Mono.<Unacknowledged>create(
                        sink ->
                                ApiFutures.addCallback(
                                        answer,
                                        new ApiFutureCallback<>() {
                                            @Override
                                            public void onSuccess(String messageId) {
                                                sink.success();
                                            }

                                            @Override
                                            public void onFailure(Throwable failure) {
                                                // The client has stopped this key; the next
                                                // attempt must find it open.
                                                publisher.resumePublish(message.orderingKey());
                                                sink.error(failure);
                                            }
                                        },
                                        MoreExecutors.directExecutor()))
                .timeout(deadline)
                .onErrorResume(
                        failure -> Mono.just(new Unacknowledged(event.index(), reason(failure))));
    }

    private String reason(Throwable failure) {
        return failure instanceof TimeoutException
                ? "not acknowledged within " + deadline.toMillis() + " ms"
                : "not published: " + Quote.of(String.valueOf(failure.getMessage()));
    }

    private static PubsubMessage messageOf(Encoded message) {
        return PubsubMessage.newBuilder()
                .putAllAttributes(message.attributes())
                .setData(ByteString.copyFrom(message.data()))
                .setOrderingKey(message.orderingKey())
                .build();
    }

    private Publisher publisher(Topic<?> topic) {
        Publisher publisher = publishers.get(topic);
        if (publisher == null) {
            throw new IllegalArgumentException("topic " + topic + " is not open to producers");
        }
        return publisher;
    }
}

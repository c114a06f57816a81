package io.farandole.benchmarks.streams;

import static io.farandole.events.TopicCatalogue.RECOMMENDATIONS;

import com.google.cloud.pubsub.v1.Subscriber;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reads what the processor says; what is delivered twice is one. */
final class Outputs implements AutoCloseable {

    static final String READER = "reader";

    private static final long MESSAGES = 10_000;
    private static final long BYTES = 32_000_000;

    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private final Subscriber subscriber;

    Outputs(Connections connections) {
        subscriber =
                connections
                        .subscribers(MESSAGES, BYTES)
                        .createSubscriber(
                                RECOMMENDATIONS.subscriptionOf(READER),
                                (message, reply) -> {
                                    ids.add(message.getAttributesOrThrow("ce-id"));
                                    reply.ack();
                                });
        subscriber.startAsync().awaitRunning();
    }

    long distinct() {
        return ids.size();
    }

    @Override
    public void close() {
        subscriber.stopAsync().awaitTerminated();
    }
}

package io.farandole.streams.relay;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutures;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.spring.pubsub.support.CachingPublisherFactory;
import com.google.cloud.spring.pubsub.support.PublisherFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The relay's own publishers, one a topic: nobody else's, for it flushes and closes them. */
final class Publishers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Publishers.class);
    private static final Duration LAST_MESSAGES = Duration.ofSeconds(5);

    private final PublisherFactory factory;
    private final Map<String, Publisher> byTopic = new ConcurrentHashMap<>();

    Publishers(PublisherFactory factory) {
        this.factory =
                factory instanceof CachingPublisherFactory caching
                        ? caching.getDelegate()
                        : factory;
    }

    /** The message id, once the broker has acknowledged it; failures come in the future alone. */
    ApiFuture<String> publish(OutboxRow row) {
        try {
            return byTopic.computeIfAbsent(row.topic(), factory::createPublisher)
                    .publish(row.message());
        } catch (RuntimeException e) {
            return ApiFutures.immediateFailedFuture(e);
        }
    }

    /** Sends what was published without waiting for more. */
    void flush() {
        byTopic.values().forEach(Publisher::publishAllOutstanding);
    }

    /** Takes the key's messages again, which the client refuses after a failure. */
    void resume(OutboxKey key) {
        Publisher publisher = byTopic.get(key.topic());
        if (publisher != null) {
            publisher.resumePublish(key.orderingKey());
        }
    }

    /** Sends the last ones, as far as the broker takes them within a few seconds. */
    @Override
    public void close() {
        Map<String, Thread> closing = new ConcurrentHashMap<>();
        // The client waits without limit for what is under way, and so it does that elsewhere.
        byTopic.forEach(
                (topic, publisher) ->
                        closing.put(
                                topic,
                                Thread.ofVirtual()
                                        .name("closing publisher of " + topic)
                                        .start(() -> shutdown(publisher))));
        byTopic.clear();
        long deadline = System.nanoTime() + LAST_MESSAGES.toNanos();
        closing.forEach(
                (topic, thread) -> {
                    if (!joined(thread, deadline)) {
                        log.warn("The broker did not take the last messages on {}", topic);
                    }
                });
    }

    private static void shutdown(Publisher publisher) {
        publisher.shutdown();
        try {
            publisher.awaitTermination(LAST_MESSAGES.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean joined(Thread thread, long deadline) {
        try {
            return thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

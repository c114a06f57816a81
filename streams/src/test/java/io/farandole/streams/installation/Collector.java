package io.farandole.streams.installation;

import com.google.cloud.pubsub.v1.Subscriber;
import com.google.pubsub.v1.PubsubMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Takes what is published on a topic, as any reader would, and keeps its first deliveries. */
public final class Collector implements AutoCloseable {

    private final Subscriber subscriber;
    private final Set<String> ids = new HashSet<>();
    private final Map<String, List<Got>> byKey = new TreeMap<>();
    private long deliveries;

    /** A first delivery. */
    public record Got(String id, String body, Instant at) {}

    public Collector(Wiring wiring, String subscription) {
        subscriber =
                wiring.subscribers()
                        .createSubscriber(
                                subscription,
                                (message, reply) -> {
                                    take(message);
                                    reply.ack();
                                });
        subscriber.startAsync().awaitRunning();
    }

    private synchronized void take(PubsubMessage message) {
        deliveries++;
        String id = message.getAttributesOrDefault("ce-id", message.getMessageId());
        if (ids.add(id)) {
            byKey.computeIfAbsent(message.getOrderingKey(), _ -> new ArrayList<>())
                    .add(new Got(id, message.getData().toStringUtf8(), Instant.now()));
        }
    }

    /** How many different ones came. */
    public synchronized int distinct() {
        return ids.size();
    }

    public synchronized long deliveries() {
        return deliveries;
    }

    /** Each key's bodies in the order of their first delivery. */
    public synchronized Map<String, List<Got>> byKey() {
        Map<String, List<Got>> copy = new TreeMap<>();
        byKey.forEach((key, got) -> copy.put(key, List.copyOf(got)));
        return copy;
    }

    @Override
    public void close() {
        subscriber.stopAsync().awaitTerminated();
    }
}

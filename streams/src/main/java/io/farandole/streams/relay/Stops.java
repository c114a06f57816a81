package io.farandole.streams.relay;

import com.google.api.gax.rpc.ApiException;
import io.farandole.streams.endurance.Reasons;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is not published for now because publishing it failed: a key, or a whole topic where the
 * topic is to blame. Nothing else waits for it.
 */
final class Stops {

    private static final Logger log = LoggerFactory.getLogger(Stops.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int MOST_KEYS_LOGGED = 5;
    private static final int MOST_KEYS_OF_A_TOPIC = 200;

    private final LongSupplier nanoTime;
    private final Map<OutboxKey, Stop> keys = new HashMap<>();
    private final Map<String, Stop> topics = new HashMap<>();

    Stops(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** What is to be left out now. */
    record Now(Set<OutboxKey> keys, Set<String> topics) {}

    synchronized Now now() {
        long now = nanoTime.getAsLong();
        Set<OutboxKey> stoppedKeys = new HashSet<>();
        keys.forEach(
                (key, stop) -> {
                    if (stop.until - now > 0) {
                        stoppedKeys.add(key);
                    }
                });
        Set<String> stoppedTopics = new HashSet<>();
        topics.forEach(
                (topic, stop) -> {
                    if (stop.until - now > 0) {
                        stoppedTopics.add(topic);
                    }
                });
        return new Now(stoppedKeys, stoppedTopics);
    }

    synchronized void failed(OutboxKey key, Throwable failure) {
        if (isTopicsFault(failure) || ofTopic(key.topic()) >= MOST_KEYS_OF_A_TOPIC) {
            Stop before = topics.get(key.topic());
            if (before != null && before.until - nanoTime.getAsLong() > 0) {
                return;
            }
            if (before == null) {
                log.warn(
                        "Nothing is published on {} for now: {}", key.topic(), Reasons.of(failure));
            }
            topics.put(key.topic(), next(before));
        } else {
            Stop before = keys.get(key);
            if (before == null && keys.size() < MOST_KEYS_LOGGED) {
                log.warn(
                        "A key of {} is not published for now: {}",
                        key.topic(),
                        Reasons.of(failure));
            }
            keys.put(key, next(before));
        }
    }

    synchronized void succeeded(OutboxKey key) {
        if (topics.remove(key.topic()) != null) {
            log.info("{} is published again", key.topic());
        }
        if (keys.remove(key) != null) {
            log.info("A key of {} is published again", key.topic());
        }
    }

    /** How many keys and topics failed and have not succeeded since. */
    synchronized int size() {
        return keys.size() + topics.size();
    }

    private Stop next(@Nullable Stop before) {
        Duration pause = before == null ? FIRST_PAUSE : before.pause.multipliedBy(2);
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            pause = LONGEST_PAUSE;
        }
        return new Stop(nanoTime.getAsLong() + pause.toNanos(), pause);
    }

    private long ofTopic(String topic) {
        return keys.keySet().stream().filter(key -> key.topic().equals(topic)).count();
    }

    private static boolean isTopicsFault(Throwable failure) {
        return failure instanceof ApiException api
                && switch (api.getStatusCode().getCode()) {
                    case NOT_FOUND, PERMISSION_DENIED, UNAUTHENTICATED -> true;
                    default -> false;
                };
    }

    private record Stop(long until, Duration pause) {}
}

package io.farandole.streams.testing;

import io.farandole.streams.Outcome;
import java.util.HashSet;
import java.util.Set;

/** Which keys are parked, of sources that keep order. */
final class KeyOrder {

    private final Set<Key> failed = new HashSet<>();
    private final Set<Key> waiting = new HashSet<>();

    private record Key(String topic, String subject) {

        static Key of(Arrival<?> arrival) {
            return new Key(arrival.source().topic().name(), arrival.message().envelope().subject());
        }
    }

    boolean isParked(Arrival<?> arrival) {
        Key key = Key.of(arrival);
        return failed.contains(key) || waiting.contains(key);
    }

    void note(Arrival<?> arrival, Outcome outcome) {
        if (arrival.source().keepsOrder()) {
            switch (outcome) {
                case Outcome.Failed _ -> failed.add(Key.of(arrival));
                case Outcome.Waiting _ -> waiting.add(Key.of(arrival));
                default -> {}
            }
        }
    }

    /** What waits is tried again, each key from its first. */
    void retry() {
        waiting.clear();
    }

    /** What failed is tried again too. */
    void redrive() {
        retry();
        failed.clear();
    }
}

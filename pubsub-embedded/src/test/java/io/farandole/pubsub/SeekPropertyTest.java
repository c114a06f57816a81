package io.farandole.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Seeks amid all else that happens to a subscription, next to a naive model of what they mean. */
class SeekPropertyTest {

    sealed interface Action {
        record Publish(String key) implements Action {}

        record Take(int max) implements Action {}

        /** Of what was ever taken, counted from the last. */
        record Acknowledge(int back) implements Action {}

        record Nack(int back) implements Action {}

        record Snapshot() implements Action {}

        record SeekToTime(int millis) implements Action {}

        record SeekToSnapshot(int which) implements Action {}
    }

    @Provide
    Arbitrary<List<Action>> histories() {
        return Arbitraries.<Action>frequencyOf(
                        net.jqwik.api.Tuple.of(
                                5, Arbitraries.of("", "a", "b").map(Action.Publish::new)),
                        net.jqwik.api.Tuple.of(
                                5, Arbitraries.integers().between(1, 5).map(Action.Take::new)),
                        net.jqwik.api.Tuple.of(
                                6,
                                Arbitraries.integers().between(0, 12).map(Action.Acknowledge::new)),
                        net.jqwik.api.Tuple.of(
                                2, Arbitraries.integers().between(0, 6).map(Action.Nack::new)),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just(new Action.Snapshot())),
                        net.jqwik.api.Tuple.of(
                                2,
                                Arbitraries.integers().between(0, 30).map(Action.SeekToTime::new)),
                        net.jqwik.api.Tuple.of(
                                1,
                                Arbitraries.integers()
                                        .between(0, 3)
                                        .map(Action.SeekToSnapshot::new)))
                .list()
                .ofMaxSize(80);
    }

    @Property(tries = 200)
    void aSeekDoesWhatTheModelSays(
            @ForAll("histories") List<Action> actions,
            @ForAll boolean retained,
            @ForAll boolean topicRetains) {
        Sides sides = new Sides(retained, topicRetains);
        for (Action action : actions) {
            sides.take(action);
            assertThat(ids(sides.queue.unacknowledged())).isEqualTo(sides.unacknowledged);
            assertThat(sides.queue.leased()).isEqualTo(sides.held.size());
        }
        sides.drain();
    }

    private static Set<Long> ids(Collection<StoredMessage> messages) {
        TreeSet<Long> ids = new TreeSet<>();
        messages.forEach(message -> ids.add(message.id()));
        return ids;
    }

    /** The queue, and the model beside it: sets of ids. */
    private static final class Sides {

        private record Taken(long id, long lease) {}

        private final boolean topicRetains;
        private final boolean retains;
        private final SubscriptionQueue queue = new SubscriptionQueue(true, 1);
        private final Receiver receiver = new Receiver(0, 0);
        private final Map<Long, StoredMessage> published = new TreeMap<>();
        private final Map<Integer, List<StoredMessage>> snapshots = new HashMap<>();
        private final List<Taken> everTaken = new ArrayList<>();
        private final TreeSet<Long> unacknowledged = new TreeSet<>();
        private final Set<Long> retained = new HashSet<>();
        private final Map<Long, Long> held = new HashMap<>();
        private final Set<Long> acknowledgedEarly = new HashSet<>();

        Sides(boolean retains, boolean topicRetains) {
            this.retains = retains;
            this.topicRetains = topicRetains;
            queue.retained.retain(retains);
        }

        void take(Action action) {
            switch (action) {
                case Action.Publish(var key) -> publish(key);
                case Action.Take(var max) -> take(max);
                case Action.Acknowledge(var back) -> taken(back).forEach(this::acknowledge);
                case Action.Nack(var back) -> taken(back).forEach(this::nack);
                case Action.Snapshot() ->
                        snapshots.put(snapshots.size(), new ArrayList<>(queue.unacknowledged()));
                case Action.SeekToTime(var millis) -> seekToTime(millis);
                case Action.SeekToSnapshot(var which) -> seekToSnapshot(which);
            }
        }

        private void publish(String key) {
            long id = published.size() + 1L;
            // two and two at the same time
            StoredMessage message = Messages.stored(id, key, id / 2);
            published.put(id, message);
            snapshots.values().forEach(snapshot -> snapshot.add(message));
            queue.add(message);
            unacknowledged.add(id);
        }

        private List<Taken> taken(int back) {
            int at = everTaken.size() - 1 - back;
            return at < 0 ? List.of() : List.of(everTaken.get(at));
        }

        private int take(int max) {
            List<AckId> got = Messages.take(queue, receiver, max, 1_000);
            for (AckId one : got) {
                long id = one.message();
                assertThat(unacknowledged).contains(id);
                String key = keyOf(id);
                if (!key.isEmpty()) {
                    assertThat(id)
                            .as("next of key %s", key)
                            .isEqualTo(
                                    unacknowledged.stream()
                                            .filter(other -> keyOf(other).equals(key))
                                            .filter(other -> !held.containsKey(other))
                                            .filter(other -> !acknowledgedEarly.contains(other))
                                            .findFirst()
                                            .orElseThrow());
                }
                assertThat(held.put(id, one.lease())).isNull();
                everTaken.add(new Taken(id, one.lease()));
            }
            return got.size();
        }

        /** In the model an acknowledgement counts with a lease that goes on. */
        private void acknowledge(Taken one) {
            if (held.getOrDefault(one.id(), -1L) != one.lease()) {
                return;
            }
            queue.acknowledge(one.id(), one.lease(), _ -> {});
            held.remove(one.id());
            acknowledgedEarly.add(one.id());
            String key = keyOf(one.id());
            for (long id : ofKey(one.id(), key)) {
                if (!acknowledgedEarly.remove(id)) {
                    return;
                }
                unacknowledged.remove(id);
                if (retains) {
                    retained.add(id);
                }
            }
        }

        private List<Long> ofKey(long id, String key) {
            return key.isEmpty()
                    ? List.of(id)
                    : unacknowledged.stream().filter(other -> keyOf(other).equals(key)).toList();
        }

        private void nack(Taken one) {
            queue.nack(one.id(), one.lease(), 0);
            if (held.getOrDefault(one.id(), -1L) == one.lease()) {
                for (long id : ofKey(one.id(), keyOf(one.id()))) {
                    if (id >= one.id()) {
                        held.remove(id);
                        acknowledgedEarly.remove(id);
                    }
                }
            }
        }

        private void seekToTime(long millis) {
            List<StoredMessage> known = new ArrayList<>();
            queue.held(known::add);
            Set<Long> wanted = new TreeSet<>(unacknowledged);
            wanted.addAll(retained);
            if (topicRetains) {
                published.values().stream()
                        .filter(one -> one.publishedAtMillis() >= millis)
                        .forEach(
                                one -> {
                                    known.add(one);
                                    wanted.add(one.id());
                                });
            }
            Set<Long> before = new TreeSet<>(wanted);
            wanted.removeIf(id -> timeOf(id) < millis);
            queue.seek(SeekOutcome.toTime(millis, known));
            became(wanted, before);
        }

        private void seekToSnapshot(int which) {
            List<StoredMessage> snapshot = snapshots.get(which);
            if (snapshot == null) {
                return;
            }
            List<StoredMessage> known = new ArrayList<>();
            queue.held(known::add);
            Set<Long> before = new TreeSet<>(unacknowledged);
            before.addAll(retained);
            queue.seek(SeekOutcome.toSnapshot(snapshot, known));
            became(ids(snapshot), before);
        }

        private void became(Set<Long> wanted, Set<Long> known) {
            Set<String> begun = new HashSet<>();
            for (long id : wanted) {
                if (!unacknowledged.contains(id) || acknowledgedEarly.contains(id)) {
                    begun.add(keyOf(id));
                }
            }
            begun.remove("");
            held.keySet().removeIf(id -> !wanted.contains(id) || begun.contains(keyOf(id)));
            acknowledgedEarly.removeIf(id -> !wanted.contains(id) || begun.contains(keyOf(id)));
            retained.clear();
            if (retains) {
                retained.addAll(known);
                retained.removeAll(wanted);
            }
            unacknowledged.clear();
            unacknowledged.addAll(wanted);
            // nothing that was handed out before says anything about what came back
            for (Taken one : everTaken) {
                if (held.getOrDefault(one.id(), -1L) != one.lease()) {
                    queue.acknowledge(one.id(), one.lease(), id -> assertThat(id).isNegative());
                }
            }
        }

        private String keyOf(long id) {
            return message(id).orderingKey();
        }

        private long timeOf(long id) {
            return message(id).publishedAtMillis();
        }

        private StoredMessage message(long id) {
            StoredMessage message = published.get(id);
            assertThat(message).as("message %s", id).isNotNull();
            return java.util.Objects.requireNonNull(message);
        }

        /** Everything that is unacknowledged is handed out in the end, and nothing else. */
        private void drain() {
            do {
                for (Taken one : List.copyOf(everTaken)) {
                    acknowledge(one);
                }
            } while (take(7) > 0);
            assertThat(unacknowledged).isEmpty();
            assertThat(queue.size()).isZero();
        }
    }
}

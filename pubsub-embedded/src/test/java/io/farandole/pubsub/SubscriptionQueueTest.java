package io.farandole.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The queue against a plain model of the documented rules, over random histories. */
class SubscriptionQueueTest {

    private static final int LEASE_MILLIS = 10_000;

    private final SubscriptionQueue queue = new SubscriptionQueue(true, 1);
    private final List<Long> done = new ArrayList<>();

    @Test
    void handsOutAKeyInPublishOrder() {
        add(1, "a", 2, "b", 3, "a", 4, "a");
        assertThat(take(new Receiver(0, 0), 10))
                .extracting(AckId::message)
                .containsExactlyInAnyOrder(1L, 3L, 4L, 2L)
                .containsSubsequence(1L, 3L, 4L);
    }

    @Test
    void givesMoreOfAKeyOnlyToTheOneWhoHasSomeOfIt() {
        Receiver first = new Receiver(1, 0);
        Receiver second = new Receiver(0, 0);
        add(1, "a", 2, "a", 3, "b");
        AckId one = take(first, 10).getFirst();
        assertThat(take(second, 10)).extracting(AckId::message).containsExactly(3L);
        acknowledge(one);
        assertThat(take(second, 10)).extracting(AckId::message).containsExactly(2L);
    }

    @Test
    void bringsBackTheLaterOnesOfTheKeyAlsoWhenAcknowledged() {
        Receiver receiver = new Receiver(0, 0);
        add(1, "a", 2, "a", 3, "a", 4, "b");
        List<AckId> taken = take(receiver, 10);
        acknowledge(taken.get(2));
        assertThat(done).isEmpty();
        queue.nack(taken.getFirst().message(), taken.getFirst().lease(), 0);
        assertThat(take(receiver, 10)).extracting(AckId::message).containsExactly(1L, 2L, 3L);
    }

    @Test
    void restsAMessageThatComesBackAsTheRetryPolicySays() {
        Receiver receiver = new Receiver(0, 0);
        queue.backoff(new Backoff(1_000, 3_000));
        add(1, "a", 2, "a", 3, "");
        List<AckId> taken = take(receiver, 10);
        taken.forEach(ackId -> queue.nack(ackId.message(), ackId.lease(), 0));
        queue.expire(900);
        assertThat(take(receiver, 10)).isEmpty();
        assertThat(queue.leases.nextDeadline()).isEqualTo(1_000);
        queue.expire(1_000);
        assertThat(take(receiver, 10))
                .extracting(AckId::message)
                .containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(new Backoff(1_000, 3_000).millis(2)).isEqualTo(2_000);
        assertThat(new Backoff(1_000, 3_000).millis(9)).isEqualTo(3_000);
    }

    @Test
    void letsAMessageThatAlwaysFailsStopNobody() {
        Receiver receiver = new Receiver(1, 0);
        add(1, "", 2, "", 3, "", 4, "");
        List<Long> handed = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            AckId next = take(receiver, 1).getFirst();
            handed.add(next.message());
            if (next.message() == 1) {
                queue.nack(next.message(), next.lease(), 0);
            } else {
                acknowledge(next);
            }
        }
        assertThat(handed).contains(2L, 3L, 4L);
    }

    @Test
    void keepsNoPayloadsOfWhatWasAcknowledgedInTheReplay() {
        for (int i = 0; i < 100_000; i++) {
            queue.add(new StoredMessage(i, "", 0, new byte[10_000]));
            queue.forget(i);
        }
        assertThat(queue.size()).isZero();
    }

    @Test
    void keepsTheRulesOverRandomHistories() {
        for (int round = 0; round < 200; round++) {
            long seed = RandomGenerator.getDefault().nextLong();
            try {
                new History(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private void add(Object... idsAndKeys) {
        for (int i = 0; i < idsAndKeys.length; i += 2) {
            queue.add(Messages.stored((int) idsAndKeys[i], (String) idsAndKeys[i + 1], 0));
        }
    }

    private void acknowledge(AckId ackId) {
        queue.acknowledge(ackId.message(), ackId.lease(), done::add);
    }

    private List<AckId> take(Receiver receiver, int max) {
        return Messages.take(queue, receiver, max, LEASE_MILLIS);
    }

    /**
     * A random history, and next to the queue a model of it: per key a list, a place in it, and who
     * holds what.
     */
    private static final class History {

        private record Held(long lease, Taker taker, long deadline) {}

        private static final class Taker {
            final int limit;
            final Receiver receiver;

            Taker(int limit) {
                this.limit = limit;
                this.receiver = new Receiver(limit, 0);
            }
        }

        private final RandomGenerator random;
        private final SubscriptionQueue queue;
        private final Map<String, List<Long>> published = new HashMap<>();
        private final Map<String, Integer> next = new HashMap<>();
        private final Map<Long, String> keyOf = new HashMap<>();
        private final TreeMap<Long, Held> held = new TreeMap<>();
        private final Map<Long, Boolean> ackedEarly = new HashMap<>();
        private final List<Long> done = new ArrayList<>();
        private final List<AckId> everTaken = new ArrayList<>();
        private final List<Taker> takers = new ArrayList<>();
        private long now;
        private long ids;

        History(long seed) {
            random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            queue = new SubscriptionQueue(true, 1);
        }

        void run() {
            for (int step = 0; step < 400; step++) {
                switch (random.nextInt(10)) {
                    case 0, 1 -> publish();
                    case 2, 3, 4 -> take();
                    case 5, 6 -> acknowledge();
                    case 7 -> nack();
                    case 8 -> extendOrLetTimePass();
                    default -> joinOrLeave();
                }
                assertThat(queue.leased()).isEqualTo(held.size());
            }
            drain();
            assertThat(done).hasSize((int) ids).doesNotHaveDuplicates();
            assertThat(queue.size()).isZero();
        }

        private void publish() {
            for (int i = random.nextInt(6); i >= 0; i--) {
                String key = random.nextInt(4) == 0 ? "" : "k" + random.nextInt(4);
                long id = ++ids;
                queue.add(Messages.stored(id, key, 0));
                keyOf.put(id, key);
                published.computeIfAbsent(key, _ -> new ArrayList<>()).add(id);
            }
        }

        private void take() {
            if (takers.isEmpty()) {
                takers.add(new Taker(1 + random.nextInt(8)));
            }
            takeBy(takers.get(random.nextInt(takers.size())), 1 + random.nextInt(10));
        }

        private boolean takeBy(Taker taker, int max) {
            long deadline = now + 100L * (1 + random.nextInt(50));
            List<AckId> taken = Messages.take(queue, taker.receiver, max, deadline);
            for (AckId ackId : taken) {
                String key = keyOf.getOrDefault(ackId.message(), "?");
                if (!key.isEmpty()) {
                    List<Long> inOrder = published.getOrDefault(key, List.of());
                    int place = next.getOrDefault(key, 0);
                    assertThat(ackId.message())
                            .as("next of key %s", key)
                            .isEqualTo(inOrder.get(place));
                    next.put(key, place + 1);
                    held.forEach(
                            (id, other) -> {
                                if (key.equals(keyOf.get(id))) {
                                    assertThat(other.taker())
                                            .as("who has key %s", key)
                                            .isSameAs(taker);
                                }
                            });
                }
                assertThat(done).doesNotContain(ackId.message());
                assertThat(held.put(ackId.message(), new Held(ackId.lease(), taker, deadline)))
                        .isNull();
                everTaken.add(ackId);
            }
            assertThat(held.values().stream().filter(one -> one.taker() == taker).count())
                    .isLessThanOrEqualTo(taker.limit);
            return !taken.isEmpty();
        }

        private void acknowledge() {
            if (everTaken.isEmpty()) {
                return;
            }
            for (int i = random.nextInt(6); i >= 0; i--) {
                acknowledge(everTaken.get(Math.max(0, everTaken.size() - 1 - random.nextInt(30))));
            }
        }

        private void acknowledge(AckId ackId) {
            List<Long> reported = new ArrayList<>();
            queue.acknowledge(ackId.message(), ackId.lease(), reported::add);
            List<Long> expected = new ArrayList<>();
            long id = ackId.message();
            String key = keyOf.getOrDefault(id, "?");
            if (!done.contains(id)) {
                if (key.isEmpty()) {
                    expected.add(id);
                } else if (id == headOf(key, 0)) {
                    expected.add(id);
                    while (ackedEarly.getOrDefault(headOf(key, expected.size()), false)) {
                        expected.add(headOf(key, expected.size()));
                    }
                } else if (isHeld(ackId)) {
                    held.remove(id);
                    ackedEarly.put(id, true);
                }
            }
            assertThat(reported).isEqualTo(expected);
            for (long finished : expected) {
                held.remove(finished);
                ackedEarly.remove(finished);
                if (!key.isEmpty()) {
                    int place = published.getOrDefault(key, List.of()).indexOf(finished);
                    next.merge(key, place + 1, Math::max);
                }
            }
            done.addAll(expected);
        }

        /**
         * The first message of the key that is not done, or one of those after it; -1 if there is
         * none.
         */
        private long headOf(String key, int after) {
            return published.getOrDefault(key, List.of()).stream()
                    .filter(id -> !done.contains(id))
                    .skip(after)
                    .findFirst()
                    .orElse(-1L);
        }

        private boolean isHeld(AckId ackId) {
            Held one = held.get(ackId.message());
            return one != null && one.lease() == ackId.lease();
        }

        private void nack() {
            if (everTaken.isEmpty()) {
                return;
            }
            AckId ackId = everTaken.get(Math.max(0, everTaken.size() - 1 - random.nextInt(10)));
            boolean counts = isHeld(ackId);
            queue.nack(ackId.message(), ackId.lease(), now);
            if (counts) {
                comesBack(ackId.message());
            }
        }

        private void comesBack(long id) {
            held.remove(id);
            String key = keyOf.getOrDefault(id, "?");
            if (!key.isEmpty()) {
                List<Long> inOrder = published.getOrDefault(key, List.of());
                int place = inOrder.indexOf(id);
                for (long later : inOrder.subList(place, inOrder.size())) {
                    held.remove(later);
                    ackedEarly.remove(later);
                }
                next.merge(key, place, Math::min);
            }
        }

        private void extendOrLetTimePass() {
            if (random.nextBoolean() && !everTaken.isEmpty()) {
                AckId ackId = everTaken.get(random.nextInt(everTaken.size()));
                long deadline = now + 100L * random.nextInt(100);
                queue.extend(ackId.message(), ackId.lease(), deadline);
                @Nullable Held one = held.get(ackId.message());
                if (one != null && one.lease() == ackId.lease()) {
                    held.put(ackId.message(), new Held(one.lease(), one.taker(), deadline));
                }
            } else {
                now += 100L * random.nextInt(30);
                queue.expire(now);
                for (Map.Entry<Long, Held> one : new TreeMap<>(held).entrySet()) {
                    if (one.getValue().deadline() <= now && held.containsKey(one.getKey())) {
                        comesBack(one.getKey());
                    }
                }
            }
        }

        private void joinOrLeave() {
            if (takers.size() < 3 && random.nextBoolean()) {
                takers.add(new Taker(1 + random.nextInt(8)));
            } else if (!takers.isEmpty()) {
                Taker leaving = takers.remove(random.nextInt(takers.size()));
                queue.release(leaving.receiver, now);
                for (Map.Entry<Long, Held> one : new TreeMap<>(held).entrySet()) {
                    if (one.getValue().taker() == leaving) {
                        comesBack(one.getKey());
                    }
                }
            }
        }

        private void drain() {
            while (!takers.isEmpty()) {
                joinOrLeave();
            }
            Taker last = new Taker(5);
            while (takeBy(last, 5)) {
                for (long id : List.copyOf(held.keySet())) {
                    Held one = held.get(id);
                    if (one != null) {
                        acknowledge(new AckId(id, one.lease()));
                    }
                }
            }
        }
    }
}

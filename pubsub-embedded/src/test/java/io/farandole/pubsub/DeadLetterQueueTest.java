package io.farandole.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.ReceivedMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How often a queue hands a message out before it gives it up, and what becomes of the others. */
class DeadLetterQueueTest {

    private static final long LEASE_MILLIS = 10_000;

    private final SubscriptionQueue queue = new SubscriptionQueue(true, 1);
    private final Receiver receiver = new Receiver(0, 0);
    private final List<Long> done = new ArrayList<>();

    @Test
    void countsWhatIsGivenBackAndWhatIsLate() {
        queue.attempts.limit(3);
        add(1, "");
        assertThat(take()).extracting(ReceivedMessage::getDeliveryAttempt).containsExactly(1);
        queue.release(receiver, 0);
        nack(take("1 with attempt 1"));
        take("1 with attempt 2");
        queue.expire(LEASE_MILLIS);
        assertThat(queue.attempts.takeExhausted()).isEmpty();
        nack(take("1 with attempt 3"));
        assertThat(queue.attempts.takeExhausted())
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.message.id()).isEqualTo(1);
                            assertThat(one.failures).isEqualTo(3);
                        });
        assertThat(take()).isEmpty();
        assertThat(queue.size()).isEqualTo(1);
        queue.forwarded(1, done::add);
        assertThat(done).containsExactly(1L);
        assertThat(queue.size()).isZero();
        assertThat(queue.acknowledged()).isEqualTo(1);
    }

    @Test
    void countsNothingWithoutAPolicy() {
        add(1, "");
        for (int i = 0; i < 200; i++) {
            nack(take("1 with attempt 0"));
        }
        assertThat(queue.attempts.takeExhausted()).isEmpty();
    }

    @Test
    void deliversOnceMoreWhatCouldNotBeForwarded() {
        queue.attempts.limit(1);
        queue.backoff(new Backoff(1_000, 2_000));
        add(1, "");
        nack(take("1 with attempt 1"));
        assertThat(queue.attempts.takeExhausted()).hasSize(1);
        queue.notForwarded(1, 0);
        assertThat(take()).isEmpty();
        queue.expire(1_000);
        nack(take("1 with attempt 2"));
        assertThat(queue.attempts.takeExhausted()).hasSize(1);
        queue.forwarded(1, done::add);
        queue.notForwarded(1, 0);
        assertThat(queue.size()).isZero();
    }

    @Test
    void letsTheLaterOnesOfAKeyGoOn() {
        queue.attempts.limit(1);
        add(1, "a", 2, "a", 3, "a");
        List<ReceivedMessage> taken = take();
        nack(taken.getFirst());
        acknowledge(taken.get(1));
        assertThat(done).isEmpty();
        assertThat(queue.attempts.takeExhausted()).hasSize(1);
        queue.forwarded(1, done::add);
        assertThat(done).containsExactly(1L, 2L);
        acknowledge(taken.get(2));
        assertThat(done).containsExactly(1L, 2L, 3L);
        add(4, "a");
        take("4 with attempt 1");
    }

    @Test
    void deliversAnewWhatASeekBroughtBackWhileItWasForwarded() {
        queue.attempts.limit(1);
        add(1, "a", 2, "a");
        List<ReceivedMessage> taken = take();
        nack(taken.getFirst());
        acknowledge(taken.get(1));
        assertThat(queue.attempts.takeExhausted()).hasSize(1);
        queue.seek(SeekOutcome.toTime(0, queue.unacknowledged()));
        queue.forwarded(1, done::add);
        assertThat(done).isEmpty();
        assertThat(take()).extracting(DeadLetterQueueTest::id).containsExactly(1L, 2L);
    }

    @Test
    void bringsTheKeyBackWhenItsMessageCannotBeForwarded() {
        queue.attempts.limit(1);
        add(1, "a", 2, "a");
        List<ReceivedMessage> taken = take();
        nack(taken.getFirst());
        acknowledge(taken.get(1));
        assertThat(queue.attempts.takeExhausted()).hasSize(1);
        queue.notForwarded(1, 0);
        assertThat(take()).extracting(DeadLetterQueueTest::id).containsExactly(1L, 2L);
    }

    @Test
    void takesAnAcknowledgementThatComesWhileItIsForwarded() {
        queue.attempts.limit(1);
        add(1, "");
        ReceivedMessage taken = take().getFirst();
        nack(taken);
        acknowledge(taken);
        assertThat(done).containsExactly(1L);
        assertThat(queue.attempts.takeExhausted()).isEmpty();
        queue.forwarded(1, done::add);
        assertThat(done).containsExactly(1L);
    }

    /**
     * Whatever is nacked, late, released or cannot be forwarded: each is done with exactly once.
     */
    @Test
    void losesNothingOverRandomHistories() {
        for (int round = 0; round < 200; round++) {
            long seed = RandomGenerator.getDefault().nextLong();
            try {
                history(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e, e);
            }
        }
    }

    private static void history(RandomGenerator random) {
        int limit = 1 + random.nextInt(4);
        SubscriptionQueue queue = new SubscriptionQueue(random.nextBoolean(), 1);
        queue.attempts.limit(limit);
        Receiver receiver = new Receiver(0, 0);
        int count = 1 + random.nextInt(20);
        LongStream.rangeClosed(1, count).forEach(id -> queue.add(stored(id, "k" + id % 3)));
        TreeMap<Long, Integer> failures = new TreeMap<>();
        Set<Long> done = new TreeSet<>();
        long now = 0;
        for (int step = 0; step < 10_000 && queue.size() > 0; step++) {
            for (ReceivedMessage one : take(queue, receiver, now + LEASE_MILLIS)) {
                AckId ackId = AckId.parse(one.getAckId()).orElseThrow();
                assertThat(one.getDeliveryAttempt())
                        .isEqualTo(failures.getOrDefault(ackId.message(), 0) + 1);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        if (queue.nack(ackId.message(), ackId.lease(), now)) {
                            failures.merge(ackId.message(), 1, Integer::sum);
                        }
                    }
                    case 1 ->
                            queue.acknowledge(
                                    ackId.message(),
                                    ackId.lease(),
                                    id -> assertThat(done.add(id)).isTrue());
                    default -> {}
                }
            }
            if (random.nextInt(3) == 0) {
                queue.release(receiver, now);
            }
            for (QueuedMessage exhausted : queue.attempts.takeExhausted()) {
                assertThat(exhausted.failures).isGreaterThanOrEqualTo(limit);
                if (random.nextInt(3) == 0) {
                    queue.notForwarded(exhausted.message.id(), now);
                } else {
                    queue.forwarded(
                            exhausted.message.id(), id -> assertThat(done.add(id)).isTrue());
                }
            }
            now += 1_000;
        }
        assertThat(done).hasSize(count);
        assertThat(queue.leased()).isZero();
        assertThat(receiver.outstanding()).isZero();
    }

    private void add(Object... idsAndKeys) {
        for (int i = 0; i < idsAndKeys.length; i += 2) {
            queue.add(stored((int) idsAndKeys[i], (String) idsAndKeys[i + 1]));
        }
    }

    private static StoredMessage stored(long id, String key) {
        PubsubMessage message = PubsubMessage.newBuilder().setOrderingKey(key).build();
        return new StoredMessage(
                id, key, 0, MessageBytes.of(message, Long.toString(id), Instant.EPOCH));
    }

    private void nack(ReceivedMessage received) {
        AckId ackId = AckId.parse(received.getAckId()).orElseThrow();
        assertThat(queue.nack(ackId.message(), ackId.lease(), 0)).isTrue();
    }

    private void acknowledge(ReceivedMessage received) {
        AckId ackId = AckId.parse(received.getAckId()).orElseThrow();
        queue.acknowledge(ackId.message(), ackId.lease(), done::add);
    }

    private ReceivedMessage take(String expected) {
        ReceivedMessage one = take().getFirst();
        assertThat(id(one) + " with attempt " + one.getDeliveryAttempt()).isEqualTo(expected);
        return one;
    }

    private List<ReceivedMessage> take() {
        return take(queue, receiver, LEASE_MILLIS);
    }

    private static List<ReceivedMessage> take(
            SubscriptionQueue queue, Receiver receiver, long deadline) {
        Handout handout = new Handout(100, new byte[0]);
        queue.fill(receiver, handout, deadline);
        try {
            return PullResponse.parseFrom(handout.encode()).getReceivedMessagesList();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static long id(ReceivedMessage received) {
        return Long.parseLong(received.getMessage().getMessageId());
    }
}

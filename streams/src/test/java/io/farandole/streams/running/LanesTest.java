package io.farandole.streams.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.pubsub.v1.AckReplyConsumer;
import io.farandole.streams.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final Lanes lanes = new Lanes(4);
    private final List<String> givenBack = new ArrayList<>();

    @Test
    void keepsAKeyInLineAndSpreadsKeys() throws InterruptedException {
        for (int i = 0; i < 400; i++) {
            lanes.receive(held("user:" + i % 40, Integer.toString(i)));
        }

        for (int lane = 0; lane < 4; lane++) {
            List<Held> taken = lanes.of(lane).take(400);
            assertThat(taken).hasSizeGreaterThan(20);
            int itself = lane;
            assertThat(taken)
                    .extracting(held -> Lanes.laneOf(held.delivery().orderingKey(), 4))
                    .containsOnly(itself);
            assertThat(taken)
                    .extracting(held -> Integer.parseInt(held.delivery().messageId()))
                    .isSorted();
        }
        assertThat(lanes.size()).isZero();
    }

    @Test
    void givesBackWhatWaitsAndWhatComesAfterTheEnd() {
        lanes.receive(held("user:1", "waits"));

        lanes.close();
        lanes.receive(held("user:1", "late"));
        lanes.giveBackLeftOver();

        assertThat(givenBack).containsExactly("late", "waits");
    }

    @Test
    void givesBackWhoseLeaseIsOverInsteadOfKeepingItForEver() throws InterruptedException {
        AtomicLong nanos = new AtomicLong();
        Lane lane = new Lane(nanos::get);
        assertThat(lane.offer(held("user:1", "first"))).isTrue();
        assertThat(lane.offer(held("user:1", "second"))).isTrue();

        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(lane.offer(held("user:2", "other"))).isTrue();

        assertThat(givenBack).containsExactly("first", "second");
        assertThat(lane.take(9))
                .extracting(held -> held.delivery().messageId())
                .containsExactly("other");
    }

    @Test
    void letsABatchGrowWhileOneGathersUnlessItIsFull() throws InterruptedException {
        Lane lane = new Lane();
        AtomicLong left = new AtomicLong(Duration.ofMillis(20).toNanos());
        List<Integer> looks = new ArrayList<>();
        Gathering gathering =
                () -> {
                    looks.add(lane.size());
                    lane.offer(held("user:1", "came while one gathered"));
                    return left.getAndSet(0);
                };

        lane.offer(held("user:1", "first"));
        assertThat(lane.take(9, gathering)).hasSize(3);
        assertThat(looks).containsExactly(1, 2);

        for (int i = 0; i < 2; i++) {
            lane.offer(held("user:1", "full " + i));
        }
        assertThat(lane.take(2, () -> Long.MAX_VALUE)).hasSize(2);
    }

    private Held held(String key, String id) {
        return new Held(
                new Delivery(id, key, Map.of(), new byte[0], Instant.EPOCH),
                new AckReplyConsumer() {
                    @Override
                    public void ack() {
                        throw new AssertionError(id + " was acknowledged");
                    }

                    @Override
                    public void nack() {
                        givenBack.add(id);
                    }
                },
                0);
    }
}

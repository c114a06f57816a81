package io.farandole.streams.running;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Spreads deliveries over the workers so that those of one ordering key stay in line. */
final class Lanes {

    private final List<Lane> lanes;

    Lanes(int workers) {
        lanes = Stream.generate(Lane::new).limit(workers).toList();
    }

    Lane of(int worker) {
        return lanes.get(worker);
    }

    /** Called by the client's threads: enqueues and returns. */
    void receive(Held held) {
        if (!lanes.get(laneOf(held.delivery().orderingKey(), lanes.size())).offer(held)) {
            held.giveBack();
        }
    }

    /** A lane is concurrency, not ownership: the number may change from one start to the next. */
    static int laneOf(String orderingKey, int lanes) {
        int hash =
                Hashing.murmur3_32_fixed().hashString(orderingKey, StandardCharsets.UTF_8).asInt();
        return Math.floorMod(hash, lanes);
    }

    void close() {
        lanes.forEach(Lane::close);
    }

    void giveBackLeftOver() {
        lanes.forEach(lane -> lane.leftOver().forEach(Held::giveBack));
    }

    int size() {
        return lanes.stream().mapToInt(Lane::size).sum();
    }
}

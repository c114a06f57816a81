package io.farandole.benchmarks.pubsub;

import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import io.farandole.benchmarks.pubsub.Client.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Publishes and receives at the same time, with never more than a thousand messages between the
 * publisher and the acknowledgement.
 */
final class Live {

    private static final int IN_FLIGHT = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Client client;

    Live(Client client) {
        this.client = client;
    }

    /**
     * What became of the messages.
     *
     * @param perSecond how many a second were acknowledged, once it ran evenly
     * @param missing how many had not come when nothing came any more
     */
    record Flow(double perSecond, int missing) {}

    Flow measure(Duration warmUp, Duration measured) throws IOException, InterruptedException {
        Route route = client.create();
        Semaphore room = new Semaphore(IN_FLIGHT);
        AtomicLong acknowledged = new AtomicLong();
        Receipts receipts = new Receipts();
        Subscriber subscriber =
                client.receive(
                        route,
                        (message, reply) -> {
                            boolean first = receipts.add(Payload.in(message).number());
                            reply.ack();
                            if (first) {
                                acknowledged.incrementAndGet();
                                room.release();
                            }
                        });
        Publisher publisher = client.batching(route);
        long from = System.nanoTime() + warmUp.toNanos();
        long to = from + measured.toNanos();
        long latest = to + PATIENCE.toNanos();
        int number = 0;
        long before = -1;
        long begun = 0;
        // on a machine that is very busy it may take longer until there is anything to tell
        while (System.nanoTime() < to
                || (acknowledged.get() <= Math.max(0, before) && System.nanoTime() < latest)) {
            if (before < 0 && System.nanoTime() >= from) {
                begun = System.nanoTime();
                before = acknowledged.get();
            }
            // not to wait beyond the end, whatever the server does
            if (room.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                var _ = publisher.publish(new Payload(number++, 0).message());
            }
        }
        double rate = (acknowledged.get() - before) / ((System.nanoTime() - begun) / 1e9);
        publisher.shutdown();
        int missing = receipts.missing(number);
        Ending.stop(subscriber);
        client.delete(route);
        return new Flow(rate, missing);
    }
}

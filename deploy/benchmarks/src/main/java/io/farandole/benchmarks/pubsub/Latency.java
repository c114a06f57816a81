package io.farandole.benchmarks.pubsub;

import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import io.farandole.benchmarks.pubsub.Client.Route;
import io.farandole.benchmarks.report.Figure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * From before the publish to the receiver, with the client's own settings, at a steady rate
 * whatever became of the messages before: an open loop, timed from when a message was due, so that
 * a slow one does not hide those that wait behind it.
 */
final class Latency {

    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos() / 200;

    private final Client client;

    Latency(Client client) {
        this.client = client;
    }

    /**
     * @param missing how many did not come
     */
    record Millis(double p50, double p99, int missing) {}

    /**
     * @param warmUp how many to send before those that count
     */
    Millis measure(int warmUp, int count) throws IOException, InterruptedException {
        Route route = client.create();
        double[] millis = new double[warmUp + count];
        Receipts receipts = new Receipts();
        CountDownLatch left = new CountDownLatch(warmUp + count);
        Subscriber subscriber =
                client.receive(
                        route,
                        (message, reply) -> {
                            long now = System.nanoTime();
                            Payload payload = Payload.in(message);
                            reply.ack();
                            if (receipts.add(payload.number())) {
                                millis[payload.number()] = (now - payload.sentNanos()) / 1e6;
                                left.countDown();
                            }
                        });
        Publisher publisher = client.usual(route);
        long due = System.nanoTime();
        for (int number = 0; number < warmUp + count; number++) {
            due += EVERY_NANOS;
            Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            var _ = publisher.publish(new Payload(number, due).message());
        }
        boolean whole = left.await(30, TimeUnit.SECONDS);
        publisher.shutdown();
        Ending.stop(subscriber);
        client.delete(route);
        List<Double> measured = new ArrayList<>();
        for (int number = warmUp; number < warmUp + count; number++) {
            measured.add(whole || millis[number] > 0 ? millis[number] : Double.POSITIVE_INFINITY);
        }
        return new Millis(
                Figure.at(measured, 0.50),
                Figure.at(measured, 0.99),
                warmUp + count - receipts.count());
    }
}

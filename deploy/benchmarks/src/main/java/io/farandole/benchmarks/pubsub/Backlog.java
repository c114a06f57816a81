package io.farandole.benchmarks.pubsub;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutures;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import io.farandole.benchmarks.pubsub.Client.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Publishes a backlog while nobody listens, then drains it by one subscriber. */
final class Backlog {

    private static final long PATIENCE_SECONDS = 300;

    private final Server server;
    private final Client client;
    private final int count;

    Backlog(Side side, int count) {
        this.server = side.server();
        this.client = side.client();
        this.count = count;
    }

    /**
     * @param published from the first call to the last answer
     * @param drained from the subscriber's start to the last acknowledgement
     * @param missing how many had not come when nothing came any more; only ours is waited for
     * @param unacknowledged how many the server still held after the subscriber's end, if it tells
     * @param again how many came that had come before
     */
    record Rates(Pace published, Pace drained, int missing, long unacknowledged, int again) {}

    /** What some messages took. */
    record Pace(int messages, double seconds, Effort effort) {

        double perSecond() {
            return messages / seconds;
        }

        double serverMicros() {
            return effort.serverMicros(messages);
        }

        double clientMicros() {
            return effort.clientMicros(messages);
        }
    }

    /**
     * @param atMost when to stop draining; the rate is then that of what was drained
     */
    Rates measure(Duration atMost) throws IOException, InterruptedException {
        Route route = client.create();
        Pace published = publish(route);
        Rates rates = drain(route, published, atMost);
        client.delete(route);
        return rates;
    }

    Pace publish(Route route) throws IOException, InterruptedException {
        Publisher publisher = client.batching(route);
        List<ApiFuture<String>> answers = new ArrayList<>(count);
        Effort before = Effort.until(server.process());
        long start = System.nanoTime();
        for (int number = 0; number < count; number++) {
            answers.add(publisher.publish(new Payload(number, start).message()));
        }
        List<String> ids = all(answers);
        double seconds = (System.nanoTime() - start) / 1e9;
        Effort effort = Effort.until(server.process()).since(before);
        publisher.shutdown();
        if (new HashSet<>(ids).size() != count) {
            throw new IllegalStateException("message ids repeat");
        }
        return new Pace(count, seconds, effort);
    }

    private static List<String> all(List<ApiFuture<String>> answers) throws InterruptedException {
        try {
            return ApiFutures.allAsList(answers).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Not everything was published: " + e, e);
        }
    }

    private Rates drain(Route route, Pace published, Duration atMost)
            throws IOException, InterruptedException {
        Receipts receipts = new Receipts();
        CountDownLatch left = new CountDownLatch(count);
        AtomicLong last = new AtomicLong();
        Effort before = Effort.until(server.process());
        long start = System.nanoTime();
        Subscriber subscriber =
                client.receive(
                        route,
                        (message, reply) -> {
                            boolean first = receipts.add(Payload.in(message).number());
                            reply.ack();
                            if (first) {
                                last.accumulateAndGet(System.nanoTime(), Math::max);
                                left.countDown();
                            }
                        });
        boolean whole = left.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        int drained = receipts.count();
        double seconds = ((whole ? last.get() : System.nanoTime()) - start) / 1e9;
        Effort effort = Effort.until(server.process()).since(before);
        // The emulator would take minutes; of ours, being slow is told from losing something.
        boolean toTheEnd = server instanceof EmbeddedServer;
        int missing = toTheEnd ? receipts.missing(count) : 0;
        Ending.stop(subscriber);
        return new Rates(
                published,
                new Pace(drained, seconds, effort),
                missing,
                toTheEnd ? server.unacknowledged() : 0,
                receipts.again());
    }
}

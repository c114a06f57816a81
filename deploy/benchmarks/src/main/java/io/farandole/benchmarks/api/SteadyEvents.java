package io.farandole.benchmarks.api;

import io.farandole.benchmarks.producer.Producer;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Another process publishes ratings of some users at a steady rate, whatever becomes of them, until
 * it is closed.
 */
final class SteadyEvents implements AutoCloseable {

    /** The first offer of a culture is the one after it. */
    private static final int BEFORE_OFFERS = 1_000;

    private static final long SECOND = 1_000_000_000L;

    private final Producer producer;
    private final Users users;
    private final int offers;
    private final int perSecond;
    private final Thread thread;
    private final SplittableRandom random = new SplittableRandom(11);
    private volatile boolean ends;
    private long sent;

    /**
     * Those whose events they are.
     *
     * @param to the last one
     */
    record Users(int from, int to) {}

    SteadyEvents(String broker, Users users, int offers, int perSecond) throws IOException {
        this.producer = new Producer(broker);
        this.users = users;
        this.offers = offers;
        this.perSecond = perSecond;
        this.thread = Thread.ofPlatform().daemon().name("steady events").start(this::run);
    }

    /** What their ids begin with. */
    static final String IDS = "steady-";

    Producer producer() {
        return producer;
    }

    /** Any offer there is. */
    String anyOffer(SplittableRandom chance) {
        return Integer.toString(BEFORE_OFFERS + 1 + chance.nextInt(offers));
    }

    private void run() {
        String run = Long.toString(System.nanoTime(), Character.MAX_RADIX);
        long begin = System.nanoTime();
        for (long number = 0; !ends; number++) {
            long due = begin + number * SECOND / perSecond;
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                LockSupport.parkNanos(due - now);
            }
            int user = users.from() + random.nextInt(users.to() - users.from() + 1);
            producer.rate(IDS + run + "-" + number, Integer.toString(user), anyOffer(random));
            sent++;
        }
    }

    /** Returns when all were acknowledged; how many there were. */
    long stop() throws InterruptedException {
        ends = true;
        thread.join();
        producer.close();
        return sent;
    }

    @Override
    public void close() {
        ends = true;
        producer.close();
    }
}

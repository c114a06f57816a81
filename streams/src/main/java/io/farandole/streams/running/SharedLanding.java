package io.farandole.streams.running;

import io.farandole.events.Topic;
import io.farandole.streams.Delivery;
import io.farandole.streams.Landing;
import io.farandole.streams.Landing.Consignment;
import io.farandole.streams.batch.InfrastructureTrouble;
import io.farandole.streams.batch.LandedBooks;
import io.farandole.streams.batch.Receipt;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lands the batches of all workers together: whoever's turn it is takes what every other waits
 * with. A landing costs about the same however little is in it, so between two there is a pause, in
 * which the next batches grow; one that is full, and the first after a rest, wait for nothing.
 */
final class SharedLanding {

    private static final Logger log = LoggerFactory.getLogger(SharedLanding.class);

    private static final String NOT_YET = "not told yet";

    private final Landing landing;
    private final LandedBooks books;
    private final Duration pause;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();
    private final List<Waiting> waiting = new ArrayList<>();
    private volatile long lastEnd;
    private volatile @Nullable String untold;

    /**
     * @param pause how long batches may grow after the end of a landing
     */
    SharedLanding(Landing landing, LandedBooks books, Duration pause, Clock clock) {
        this.landing = landing;
        this.books = books;
        this.pause = pause;
        this.clock = clock;
        this.lastEnd = System.nanoTime() - pause.toNanos();
    }

    /** Returns when all of it is kept. */
    Receipt land(Topic<?> topic, List<Delivery> deliveries) throws InfrastructureTrouble {
        Waiting own = new Waiting(new Consignment(topic, deliveries));
        synchronized (waiting) {
            waiting.add(own);
        }
        turn.lock();
        try {
            if (!own.isSettled()) {
                landAll(taken());
            }
            return own.receipt();
        } finally {
            turn.unlock();
        }
    }

    /** Copies all accounts into the ledger, if it lacks any. */
    void tellWhatIsUntold() {
        if (untold == null) {
            return;
        }
        turn.lock();
        try {
            tell(landing.accounts());
        } catch (IOException e) {
            untold(e);
        } finally {
            turn.unlock();
        }
    }

    /** From here on the ledger is to have all accounts. */
    void tellAll() {
        untold = NOT_YET;
        tellWhatIsUntold();
    }

    /** What the ledger lacks, if anything. */
    @Nullable String trouble() {
        return untold;
    }

    void keepHouse() throws IOException {
        turn.lock();
        try {
            landing.keepHouse(clock.instant());
        } finally {
            turn.unlock();
        }
    }

    private List<Waiting> taken() {
        synchronized (waiting) {
            List<Waiting> all = List.copyOf(waiting);
            waiting.clear();
            return all;
        }
    }

    private void landAll(List<Waiting> all) {
        try {
            Landing.Landed landed =
                    landing.land(all.stream().map(Waiting::consignment).toList(), clock.instant());
            for (int i = 0; i < all.size(); i++) {
                all.get(i).landed(landed.fresh().get(i));
            }
            if (untold == null) {
                tell(landed.accounts());
            }
        } catch (IOException | RuntimeException e) {
            InfrastructureTrouble trouble =
                    new InfrastructureTrouble(
                            landing.name() + " cannot keep anything now: " + e.getMessage(), e);
            all.forEach(one -> one.failed(trouble));
        } finally {
            lastEnd = System.nanoTime();
        }
    }

    // What is kept is kept, whether or not Postgres is there to be told.
    private void tell(List<Landing.Account> accounts) {
        try {
            books.tell(accounts);
            if (untold != null && !untold.equals(NOT_YET)) {
                log.info("The ledger has all accounts of {}", landing.name());
            }
            untold = null;
        } catch (InfrastructureTrouble trouble) {
            untold(trouble);
        }
    }

    private void untold(Exception why) {
        if (untold == null) {
            log.warn(
                    "The ledger lacks accounts of {} until this works again: {}",
                    landing.name(),
                    why.getMessage());
        }
        untold = "the ledger lacks accounts: " + why.getMessage();
    }

    /** Nanoseconds in which batches may still grow. */
    long left() {
        return lastEnd + pause.toNanos() - System.nanoTime();
    }

    /** One worker's batch; settled under the turn of whoever lands it. */
    private static final class Waiting {

        private final Consignment consignment;
        private @Nullable Integer fresh;
        private @Nullable InfrastructureTrouble trouble;

        Waiting(Consignment consignment) {
            this.consignment = consignment;
        }

        Consignment consignment() {
            return consignment;
        }

        void landed(int count) {
            fresh = count;
        }

        void failed(InfrastructureTrouble why) {
            if (fresh == null) {
                trouble = why;
            }
        }

        boolean isSettled() {
            return fresh != null || trouble != null;
        }

        Receipt receipt() {
            if (trouble != null) {
                throw trouble;
            }
            if (fresh == null) {
                throw new IllegalStateException("was neither landed nor refused");
            }
            int duplicate = consignment.deliveries().size() - fresh;
            return new Receipt(fresh, duplicate, 0, 0, 0, 0, 0, 0);
        }
    }
}

package io.farandole.streams.relay;

import io.farandole.streams.endurance.Reasons;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes some shards of the outbox, portion after portion: read, publish, mark. A key whose
 * publishing failed, or takes too long, is left out until it goes on; nobody waits for it.
 */
final class RelayLoop implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(RelayLoop.class);
    private static final Duration PAUSE_IN_TROUBLE = Duration.ofMillis(500);

    /** Leases are prolonged, and those of others asked for, every third of a term. */
    private static final int PROLONGED_AFTER = 3;

    /** So many portions may hang in a broker that does not answer. */
    private static final int MOST_HANGING_PORTIONS = 4;

    private final String name;
    private final Collection<Integer> shards;
    private final RelaySettings settings;
    private final RelayLeases leases;
    private final Outbox outbox;
    private final Publishers publishers;
    private final Consumer<Sent> sent;
    private final Stops stops = new Stops(System::nanoTime);
    private final Semaphore wakeUps = new Semaphore(0);
    private final Departures hanging = new Departures();

    /**
     * Keys that the client refuses since a failure. It is told to take them again right before the
     * next message, for it tells of a failure before it is done with it.
     */
    private final Set<OutboxKey> refused = new HashSet<>();

    private List<Lease> held = List.of();
    private long nextTake = System.nanoTime();
    private volatile boolean closing;
    private volatile @Nullable String trouble;
    private volatile int hangingKeys;

    /**
     * @param sent is told what became of what went to a topic
     */
    RelayLoop(
            String name,
            Collection<Integer> shards,
            RelaySettings settings,
            RelayLeases leases,
            Outbox outbox,
            Publishers publishers,
            Consumer<Sent> sent) {
        this.name = name;
        this.shards = List.copyOf(shards);
        this.settings = settings;
        this.leases = leases;
        this.outbox = outbox;
        this.publishers = publishers;
        this.sent = sent;
    }

    /** Something was committed. */
    void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    /** Publishes what there is, and ends. */
    void close() {
        closing = true;
        wakeUps.release();
    }

    /** Why nothing can be published now, if that is so. */
    @Nullable String trouble() {
        return trouble;
    }

    /** How many keys and topics are left out for now. */
    int stopped() {
        return stops.size() + hangingKeys;
    }

    @Override
    public void run() {
        try {
            while (true) {
                boolean worked = tryRound();
                if (closing && (!worked || trouble != null)) {
                    break;
                }
                if (!worked) {
                    boolean _ = wakeUps.tryAcquire(settings.poll().toNanos(), TimeUnit.NANOSECONDS);
                    wakeUps.drainPermits();
                }
            }
            if (trouble == null) {
                leases.giveUp(shards);
            }
        } catch (InterruptedException e) {
            log.info("{} was interrupted while it was closed; its leases end by themselves", name);
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            log.warn(
                    "{} could not give up its leases; they end by themselves: {}",
                    name,
                    e.toString());
        }
    }

    private boolean tryRound() throws InterruptedException {
        try {
            boolean worked = round();
            if (trouble != null) {
                log.info("{} publishes again", name);
                trouble = null;
            }
            return worked;
        } catch (InterruptedException closing) {
            throw closing;
        } catch (Throwable e) {
            // An Error too: without this thread nobody publishes its shards.
            if (trouble == null) {
                log.warn("{} pauses until this works again: {}", name, Reasons.of(e));
            } else {
                log.debug("{} is still paused", name, e);
            }
            trouble = Reasons.of(e);
            letGo();
            boolean _ = wakeUps.tryAcquire(PAUSE_IN_TROUBLE.toNanos(), TimeUnit.NANOSECONDS);
            return false;
        }
    }

    /** Whether there was anything to publish. */
    boolean round() throws SQLException, InterruptedException {
        prolongLeases();
        if (held.isEmpty()) {
            return false;
        }
        settle(hanging);
        hangingKeys = hanging.keys().size();
        if (hanging.rows() >= MOST_HANGING_PORTIONS * settings.portionRows()) {
            return false;
        }
        List<OutboxRow> rows = outbox.unpublished(held, leftOut(), portion());
        if (rows.isEmpty()) {
            return false;
        }
        Departures departures = new Departures();
        for (OutboxRow row : rows) {
            if (refused.remove(row.key())) {
                publishers.resume(row.key());
            }
            departures.add(row, publishers.publish(row));
        }
        publishers.flush();
        awaitHolding(departures);
        settle(departures);
        if (!departures.keys().isEmpty()) {
            log.warn(
                    "{} goes on without {} keys: the broker has not answered for {}",
                    name,
                    departures.keys().size(),
                    settings.publishTimeout());
            hanging.takeOver(departures);
        }
        return true;
    }

    /** Not longer at a time than the leases last, or another would publish the same meanwhile. */
    private void awaitHolding(Departures departures) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + settings.publishTimeout().toNanos();
        Duration most = leases.term().dividedBy(2L * PROLONGED_AFTER);
        long left = settings.publishTimeout().toNanos();
        while (left > 0 && !departures.await(Duration.ofNanos(Math.min(left, most.toNanos())))) {
            prolongLeases();
            left = deadline - System.nanoTime();
        }
    }

    private void prolongLeases() throws SQLException {
        long now = System.nanoTime();
        if (now - nextTake < 0) {
            return;
        }
        List<Lease> taken = leases.take(shards);
        if (!taken.equals(held)) {
            log.info("{} publishes {} of {} shards", name, taken.size(), shards.size());
        }
        held = taken;
        nextTake = now + leases.term().toNanos() / PROLONGED_AFTER;
    }

    private void letGo() {
        held = List.of();
        nextTake = System.nanoTime();
    }

    private Stops.Now leftOut() {
        Stops.Now now = stops.now();
        if (hanging.keys().isEmpty()) {
            return now;
        }
        Set<OutboxKey> keys = new HashSet<>(now.keys());
        keys.addAll(hanging.keys());
        return new Stops.Now(keys, now.topics());
    }

    private Outbox.Portion portion() {
        return new Outbox.Portion(settings.portionRows(), settings.portionSize().toBytes());
    }

    private void settle(Departures departures) throws SQLException {
        List<PublishedRow> published = new ArrayList<>();
        boolean watched = stops.size() > 0;
        List<Departures.Arrived> all = departures.arrived();
        Sent.of(all).forEach(sent);
        for (Departures.Arrived arrived : all) {
            published.addAll(arrived.published());
            if (arrived.failure() != null) {
                stops.failed(arrived.key(), arrived.failure());
                refused.add(arrived.key());
            } else if (watched) {
                stops.succeeded(arrived.key());
            }
        }
        if (published.isEmpty()) {
            return;
        }
        int marked = outbox.mark(held, published);
        if (marked < published.size()) {
            log.warn(
                    "{} marked {} of {} published rows: another relay took their shards over",
                    name,
                    marked,
                    published.size());
            letGo();
        }
    }
}

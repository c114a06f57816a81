package io.farandole.streams.batch;

import io.farandole.events.Event;
import io.farandole.streams.Delivery;
import io.farandole.streams.Erasures;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The transaction in which deliveries are heard: claims first, books last. */
final class Heard<E extends Event> implements Settlement<E>, AutoCloseable {

    private final PhasedTransaction transaction;
    private final Generation generation;
    private final String topic;
    private final Inbox inbox;
    private final Books books;
    private final @Nullable ArchivePlace place;
    private final DeadLetters<E> letters;
    private final ParkedKeys parked;
    private final Tombstones tombstones = new Tombstones();
    private final Set<Row<?>> appeared = new HashSet<>();
    private int outputs;
    private int works;

    Heard(PreparedProcessor prepared, Source<E> source, Inbox inbox, int worker, Pinned pinned)
            throws SQLException {
        this(prepared, source, inbox, worker, pinned, null);
    }

    /**
     * @param place where they stand, if they are read from the archive
     */
    Heard(
            PreparedProcessor prepared,
            Source<E> source,
            Inbox inbox,
            int worker,
            Pinned pinned,
            @Nullable ArchivePlace place)
            throws SQLException {
        this.place = place;
        this.transaction = new PhasedTransaction(prepared, pinned);
        this.generation = prepared.generation();
        this.topic = source.topic().name();
        this.inbox = inbox;
        this.books = new Books(generation, topic, worker);
        this.letters = new DeadLetters<>(source.keepsOrder());
        this.parked = new ParkedKeys(generation, source);
    }

    PhasedTransaction transaction() {
        return transaction;
    }

    /**
     * Claims what was never heard, counts the rest as duplicates, and parks what has to stand
     * behind others; what is left is to be folded.
     */
    List<Incoming<E>> claim(List<Incoming<E>> batch) throws SQLException {
        Map<Claim, Instant> hours = new LinkedHashMap<>();
        batch.forEach(incoming -> hours.putIfAbsent(incoming.claim(), incoming.hour()));
        Set<Claim> won = new HashSet<>();
        RoundTrip first = transaction.beginning();
        inbox.claim(first, place == null ? hours : place.passed(first, hours, won), won);
        parked.lock(first, batch.stream().map(Incoming::key));
        transaction.begin(first);
        parked.requireLocked();
        if (won.size() < hours.size()) {
            readEarlierHours(hours, won);
        }
        Erasures erasures = replayed(batch);
        List<Incoming<E>> fresh = new ArrayList<>(batch.size());
        for (Incoming<E> incoming : batch) {
            boolean isFirst = won.remove(incoming.claim());
            if (isFirst && isWithheld(incoming, erasures)) {
                books.withheld(incoming.hour());
                continue;
            }
            books.delivered(hours.getOrDefault(incoming.claim(), incoming.hour()));
            tombstones.hear(incoming.delivery());
            if (isFirst) {
                String key = incoming.key();
                if (key != null && parked.isParked(key)) {
                    misfortune(incoming, Misfortune.parkedBehind());
                } else {
                    fresh.add(incoming);
                }
            } else {
                books.count(hours.getOrDefault(incoming.claim(), incoming.hour()), Count.DUPLICATE);
            }
        }
        return fresh;
    }

    /** Who asked to be forgotten of those whose messages may be brought once more. */
    private Erasures replayed(List<Incoming<E>> batch) throws SQLException {
        List<Incoming<E>> again =
                batch.stream()
                        .filter(incoming -> transaction.replays(incoming.delivery().publishTime()))
                        .toList();
        return again.isEmpty() ? new Erasures() : Tombstones.of(again, transaction.connection());
    }

    private boolean isWithheld(Incoming<E> incoming, Erasures erasures) {
        Delivery delivery = incoming.delivery();
        return incoming.isWithheld()
                || (transaction.replays(delivery.publishTime())
                        && erasures.withhold(delivery.orderingKey(), delivery.attributes()));
    }

    @Override
    public void applied(Incoming<E> incoming, Instant eventTime) {
        books.count(incoming.hour(), Count.APPLIED);
        books.applied(eventTime);
    }

    @Override
    public void dropped(Incoming<E> incoming) {
        books.count(incoming.hour(), Count.LATE);
    }

    @Override
    public void misfortune(Incoming<E> incoming, Misfortune misfortune) {
        books.count(incoming.hour(), misfortune.count());
        letters.add(incoming, misfortune);
    }

    @Override
    public void said(int many) {
        outputs = many;
    }

    @Override
    public void entrusted(int many) {
        works = many;
    }

    @Override
    public void appeared(Set<Row<?>> rows) {
        appeared.addAll(rows);
    }

    Receipt commit() throws SQLException {
        RoundTrip last = new RoundTrip();
        letters.write(last, generation, topic, transaction.now());
        if (transaction.rowsAreAwaited() || letters.haveWaiting()) {
            DeadLetters.wake(last, generation, appeared, transaction.now());
        }
        parked.settle(last, transaction.now());
        tombstones.write(last);
        books.write(last, transaction.now());
        last.send(transaction.connection());
        transaction.commit();
        return books.receipt(outputs, works);
    }

    @Override
    public void close() throws SQLException {
        transaction.close();
    }

    private void readEarlierHours(Map<Claim, Instant> hours, Set<Claim> won) throws SQLException {
        Set<Claim> lost = new HashSet<>(hours.keySet());
        lost.removeAll(won);
        Map<Claim, Instant> earlier = new HashMap<>();
        RoundTrip look = new RoundTrip();
        inbox.hours(look, lost, earlier);
        look.send(transaction.connection());
        hours.putAll(earlier);
    }
}

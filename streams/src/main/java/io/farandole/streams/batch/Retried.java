package io.farandole.streams.batch;

import io.farandole.events.Event;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The transaction in which waiting messages are tried again, and the books set right. */
final class Retried<E extends Event> implements Settlement<E>, AutoCloseable {

    private static final String RESOLVE =
            """
            update streams.dead_letter
            set status = 'RESOLVED', attempts = attempts + 1, next_attempt_at = null,
                resolved_at = ?::timestamptz
            where id = any (?::bigint[])
            """;
    private static final String KEEP =
            """
            update streams.dead_letter d
            set cause = k.cause, reason = k.reason, place = k.place, fingerprint = k.fingerprint,
                error_class = k.error_class, awaits = k.awaits, claims = k.claims, attempts = d.attempts + 1,
                next_attempt_at = k.again::timestamptz
            from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::text[], ?::uuid[], ?::text[])
              k(id, cause, reason, place, fingerprint, error_class, awaits, claims, again)
            where d.id = k.id
            """;

    private final PhasedTransaction transaction;
    private final Generation generation;
    private final WaitingLetters<E> letters;
    private final Inbox inbox;
    private final Books books;
    private final IdentityHashMap<Incoming<E>, WaitingLetter<E>> tried = new IdentityHashMap<>();
    private final List<Long> resolved = new ArrayList<>();
    private final Map<WaitingLetter<E>, Misfortune> kept = new LinkedHashMap<>();
    private final Set<Row<?>> appeared = new HashSet<>();
    private int outputs;
    private int works;

    Retried(
            PreparedProcessor prepared,
            Source<E> source,
            WaitingLetters<E> letters,
            Inbox inbox,
            int worker,
            Pinned pinned)
            throws SQLException {
        this.transaction = new PhasedTransaction(prepared, pinned);
        this.generation = prepared.generation();
        this.letters = letters;
        this.inbox = inbox;
        this.books = new Books(generation, source.topic().name(), worker);
    }

    PhasedTransaction transaction() {
        return transaction;
    }

    List<Incoming<E>> lock(List<WaitingLetter<E>> due) throws SQLException {
        List<Long> locked = new ArrayList<>();
        RoundTrip first = transaction.beginning();
        letters.lock(first, due, locked);
        transaction.begin(first);
        Set<Long> ours = new HashSet<>(locked);
        List<WaitingLetter<E>> held = due.stream().filter(one -> ours.contains(one.id())).toList();
        Set<Claim> won = claim(held);
        List<Incoming<E>> incoming = new ArrayList<>();
        for (WaitingLetter<E> letter : held) {
            tried.put(letter.incoming(), letter);
            Claim claim = letter.incoming().claim();
            if (claim.dated() && !won.remove(claim)) {
                move(letter.incoming(), Count.DUPLICATE);
                resolved.add(letter.id());
            } else {
                incoming.add(letter.incoming());
            }
        }
        return incoming;
    }

    // What came before its time is claimed by its id only now: it may have come again since, in its
    // time, and have been applied. Only once it is locked: nobody else claims it for this letter.
    private Set<Claim> claim(List<WaitingLetter<E>> held) throws SQLException {
        Map<Claim, Instant> wanted = new LinkedHashMap<>();
        for (WaitingLetter<E> letter : held) {
            Incoming<E> incoming = letter.incoming();
            if (incoming.claim().dated()) {
                wanted.put(incoming.claim(), incoming.hour());
            }
        }
        Set<Claim> won = new HashSet<>();
        RoundTrip claiming = new RoundTrip();
        inbox.claim(claiming, wanted, won);
        claiming.send(transaction.connection());
        return won;
    }

    @Override
    public void applied(Incoming<E> incoming, Instant eventTime) {
        move(incoming, Count.APPLIED);
        books.applied(eventTime);
        resolved.add(letterOf(incoming).id());
    }

    @Override
    public void dropped(Incoming<E> incoming) {
        move(incoming, Count.LATE);
        resolved.add(letterOf(incoming).id());
    }

    @Override
    public void misfortune(Incoming<E> incoming, Misfortune misfortune) {
        move(incoming, misfortune.count());
        kept.put(letterOf(incoming), misfortune);
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
        keep(last);
        if (!resolved.isEmpty()) {
            last.run(
                    RESOLVE,
                    transaction.now().toString(),
                    resolved.stream().mapToLong(Long::longValue).toArray());
        }
        if (transaction.rowsAreAwaited()) {
            DeadLetters.wake(last, generation, appeared, transaction.now());
        }
        books.write(last, transaction.now());
        last.send(transaction.connection());
        transaction.commit();
        return books.receipt(outputs, works);
    }

    private void keep(RoundTrip last) {
        if (kept.isEmpty()) {
            return;
        }
        last.run(
                KEEP,
                kept.keySet().stream().mapToLong(WaitingLetter::id).toArray(),
                texts((_, misfortune) -> misfortune.cause().name()),
                texts((_, misfortune) -> Storable.reason(misfortune.reason())),
                texts((_, misfortune) -> Storable.reason(misfortune.place())),
                texts((_, misfortune) -> Fingerprints.of(misfortune)),
                texts((_, misfortune) -> misfortune.errorClass()),
                texts((_, misfortune) -> misfortune.awaits()),
                kept.values().stream().map(Misfortune::claims).toArray(UUID[]::new),
                texts(this::again));
    }

    private @Nullable String again(WaitingLetter<E> letter, Misfortune misfortune) {
        if (misfortune.cause() != DeadLetterCause.WAITING) {
            return null;
        }
        String due = misfortune.due();
        return due != null
                ? due
                : WaitingTimes.after(letter.attempts() + 1, transaction.now()).toString();
    }

    private @Nullable String[] texts(
            BiFunction<WaitingLetter<E>, Misfortune, @Nullable String> part) {
        @Nullable String[] texts = new @Nullable String[kept.size()];
        int at = 0;
        for (Map.Entry<WaitingLetter<E>, Misfortune> one : kept.entrySet()) {
            texts[at++] = part.apply(one.getKey(), one.getValue());
        }
        return texts;
    }

    @Override
    public void close() throws SQLException {
        transaction.close();
    }

    private void move(Incoming<E> incoming, Count to) {
        books.noLongerWaiting(incoming.hour());
        books.count(incoming.hour(), to);
    }

    private WaitingLetter<E> letterOf(Incoming<E> incoming) {
        WaitingLetter<E> letter = tried.get(incoming);
        if (letter == null) {
            throw new IllegalStateException("settled what was not locked: " + incoming.claim());
        }
        return letter;
    }
}

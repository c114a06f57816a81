package io.farandole.streams.batch;

import io.farandole.events.Event;
import io.farandole.streams.Delivery;
import io.farandole.streams.Erasures;
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

/**
 * The transaction in which messages that were put aside are tried again, and the books set right.
 */
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
                error_class = k.error_class, awaits = k.awaits, claims = k.claims, line = k.line,
                attempts = d.attempts + k.tries, next_attempt_at = k.again::timestamptz
            from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::text[], ?::uuid[], ?::text[], ?::int[], ?::text[])
              k(id, cause, reason, place, fingerprint, error_class, awaits, claims, line, tries,
                again)
            where d.id = k.id
            """;

    private static final String TOO_EARLY =
            "update streams.dead_letter set next_attempt_at = null where id = any (?::bigint[])";

    private final PhasedTransaction transaction;
    private final Generation generation;
    private final WaitingLetters<E> letters;
    private final ParkedKeys parked;
    private final Inbox inbox;
    private final Books books;
    private final IdentityHashMap<Incoming<E>, WaitingLetter<E>> tried = new IdentityHashMap<>();
    private final List<Long> resolved = new ArrayList<>();
    private final Map<WaitingLetter<E>, Misfortune> kept = new LinkedHashMap<>();
    private final Set<Row<?>> appeared = new HashSet<>();
    private final List<Long> early = new ArrayList<>();
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
        this.parked = new ParkedKeys(generation, source);
        this.inbox = inbox;
        this.books = new Books(generation, source.topic().name(), worker);
    }

    PhasedTransaction transaction() {
        return transaction;
    }

    /**
     * Locks what is still due, and where order matters what stands behind it.
     *
     * @param most how many are tried of all lines together, but at least one of each
     */
    List<Incoming<E>> lock(List<WaitingLetter<E>> due, int most) throws SQLException {
        List<Long> locked = new ArrayList<>();
        RoundTrip first = transaction.beginning();
        letters.lock(first, due, locked, transaction.now());
        parked.lock(first, due.stream().map(WaitingLetter::key));
        transaction.begin(first);
        parked.requireLocked();
        Set<Long> ours = new HashSet<>(locked);
        List<WaitingLetter<E>> held = due.stream().filter(one -> ours.contains(one.id())).toList();
        return begin(parked.keepOrder() ? inOrder(due, held, most) : held);
    }

    private List<WaitingLetter<E>> inOrder(
            List<WaitingLetter<E>> due, List<WaitingLetter<E>> held, int most) throws SQLException {
        Map<String, Line<E>> lines =
                letters.lines(
                        transaction.connection(),
                        parked.parked(),
                        Math.max(1, most / Math.max(1, parked.parked().size())),
                        transaction.now());
        Turns<E> turns = Turns.of(due, held, lines, transaction.now());
        for (WaitingLetter<E> letter : turns.behind()) {
            tried.put(letter.incoming(), letter);
            misfortune(letter.incoming(), Misfortune.parkedBehind());
        }
        early.addAll(turns.early());
        return turns.tried();
    }

    private List<Incoming<E>> begin(List<WaitingLetter<E>> held) throws SQLException {
        Set<Claim> won = claim(held);
        Erasures erasures = erasures(held);
        List<Incoming<E>> incoming = new ArrayList<>();
        for (WaitingLetter<E> letter : held) {
            tried.put(letter.incoming(), letter);
            Claim claim = letter.incoming().claim();
            if (claim.dated() && !won.remove(claim)) {
                move(letter.incoming(), Count.DUPLICATE);
                resolved.add(letter.id());
            } else if (letter.incoming().isWithheld() || isWithheld(letter, erasures)) {
                books.noLonger(letter.incoming().hour(), letter.cause().count());
                books.withheldAfterAll(letter.incoming().hour());
                resolved.add(letter.id());
            } else {
                incoming.add(letter.incoming());
            }
        }
        return incoming;
    }

    /** Who asked to be forgotten, also since these were read. */
    private Erasures erasures(List<WaitingLetter<E>> held) throws SQLException {
        return held.isEmpty()
                ? new Erasures()
                : Tombstones.of(
                        held.stream().map(WaitingLetter::incoming).toList(),
                        transaction.connection());
    }

    private static boolean isWithheld(WaitingLetter<?> letter, Erasures erasures) {
        Delivery delivery = letter.incoming().delivery();
        return erasures.withhold(delivery.orderingKey(), delivery.attributes());
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
        WaitingLetter<E> letter = letterOf(incoming);
        boolean stays =
                letter.cause() == DeadLetterCause.PARKED_BEHIND
                        && misfortune.cause() == DeadLetterCause.PARKED_BEHIND;
        if (!stays) {
            move(incoming, misfortune.count());
            kept.put(letter, misfortune);
        }
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
            last.run(RESOLVE, transaction.now().toString(), longs(resolved));
        }
        if (transaction.rowsAreAwaited()) {
            DeadLetters.wake(last, generation, appeared, transaction.now());
        }
        if (!early.isEmpty()) {
            last.run(TOO_EARLY, (Object) longs(early));
        }
        parked.settle(last, transaction.now());
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
                texts(
                        (letter, misfortune) ->
                                DeadLetters.lineOf(
                                        letter.incoming(), misfortune, parked.keepOrder())),
                kept.values().stream().mapToInt(Retried::tries).toArray(),
                texts(this::again));
    }

    /** Who is only told to stand behind others was not tried. */
    private static int tries(Misfortune misfortune) {
        return misfortune.cause() == DeadLetterCause.PARKED_BEHIND ? 0 : 1;
    }

    private static long[] longs(List<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).toArray();
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
        books.noLonger(incoming.hour(), letterOf(incoming).cause().count());
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

package io.farandole.streams.batch;

import io.farandole.events.Event;
import io.farandole.events.EventAttributes;
import io.farandole.events.Identity;
import io.farandole.streams.Delivery;
import io.farandole.streams.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The messages of one batch that are not applied, kept whole. */
final class DeadLetters<E extends Event> {

    private static final String KEEP =
            """
            insert into streams.dead_letter (generation, topic, cause, status, subject, identity,
                message_id, ordering_key, attributes, payload, published, published_hour, reason,
                place, fingerprint, error_class, awaits, claims, line, attempts, next_attempt_at,
                first_seen)
            select ?, ?, d.cause, 'OPEN', d.subject, d.identity, d.message_id, d.key,
                d.attributes::jsonb, d.payload, d.published::timestamptz, to_timestamp(d.hour),
                d.reason, d.place, d.fingerprint, d.error_class, d.awaits, d.claims, d.line, 1,
                case when d.cause = 'WAITING' then coalesce(d.due::timestamptz, ?::timestamptz) end, ?::timestamptz
            from unnest(?::text[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[],
                ?::bytea[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::text[], ?::uuid[], ?::text[], ?::text[])
              with ordinality d(cause, subject, identity, message_id, key, attributes, payload,
                published, hour, reason, place, fingerprint, error_class, awaits, claims, due, line,
                n)
            order by d.n
            """;
    // Whoever retries one of them right now has locked it, and is not waited for: it may be waiting
    // for a row of ours. It misses this wake-up, and is tried again when its own time comes.
    private static final String WAKE =
            """
            update streams.dead_letter set next_attempt_at = ?::timestamptz
            where id = any (array(
              select id from streams.dead_letter
              where generation = ? and awaits = any (?::text[])
                and cause = 'WAITING' and status = 'OPEN'
              for update skip locked))
            """;

    private final List<Letter<E>> letters = new ArrayList<>();
    private final boolean keepOrder;

    /**
     * @param keepOrder whether those that fail, wait or are parked stand in their keys' lines
     */
    DeadLetters(boolean keepOrder) {
        this.keepOrder = keepOrder;
    }

    private record Letter<E extends Event>(Incoming<E> incoming, Misfortune misfortune) {}

    void add(Incoming<E> incoming, Misfortune misfortune) {
        letters.add(new Letter<>(incoming, misfortune));
    }

    /** Whether one of them waits, perhaps for a row that appears in this very batch. */
    boolean haveWaiting() {
        return letters.stream()
                .anyMatch(letter -> letter.misfortune.cause() == DeadLetterCause.WAITING);
    }

    void write(RoundTrip roundTrip, Generation generation, String topic, Instant now) {
        if (letters.isEmpty()) {
            return;
        }
        Instant again = WaitingTimes.after(1, now);
        roundTrip.run(
                KEEP,
                generation.id(),
                topic,
                again.toString(),
                now.toString(),
                texts(letter -> letter.misfortune.cause().name()),
                texts(letter -> subjectOf(letter.incoming.delivery())),
                letters.stream()
                        .map(letter -> identityOf(topic, letter.incoming.delivery()))
                        .toArray(UUID[]::new),
                texts(letter -> letter.incoming.delivery().messageId()),
                texts(letter -> Storable.text(letter.incoming.delivery().orderingKey())),
                texts(
                        letter ->
                                Values.JSON.writeValueAsString(
                                        Storable.attributes(
                                                letter.incoming.delivery().attributes()))),
                letters.stream()
                        .map(letter -> letter.incoming.delivery().data())
                        .toArray(byte[][]::new),
                texts(letter -> letter.incoming.delivery().publishTime().toString()),
                letters.stream()
                        .mapToLong(letter -> letter.incoming.hour().getEpochSecond())
                        .toArray(),
                texts(letter -> Storable.reason(letter.misfortune.reason())),
                texts(letter -> Storable.reason(letter.misfortune.place())),
                texts(letter -> Fingerprints.of(letter.misfortune)),
                texts(letter -> letter.misfortune.errorClass()),
                texts(letter -> letter.misfortune.awaits()),
                letters.stream().map(letter -> letter.misfortune.claims()).toArray(UUID[]::new),
                texts(letter -> letter.misfortune.due()),
                texts(letter -> lineOf(letter.incoming, letter.misfortune, keepOrder)));
    }

    /** The key in whose line a message stands that is not applied; null where it stands in none. */
    static @Nullable String lineOf(Incoming<?> incoming, Misfortune misfortune, boolean keepOrder) {
        return keepOrder && misfortune.standsInLine() ? incoming.key() : null;
    }

    /** Lets what waits for these rows be tried again now. */
    static void wake(
            RoundTrip roundTrip, Generation generation, Collection<Row<?>> appeared, Instant now) {
        if (!appeared.isEmpty()) {
            roundTrip.run(
                    WAKE,
                    now.toString(),
                    generation.id(),
                    appeared.stream().map(DeadLetters::nameOf).sorted().toArray(String[]::new));
        }
    }

    /** How a row is named in what waits for it. */
    static String nameOf(Row<?> row) {
        return row.store().name() + "/" + row.key();
    }

    private @Nullable String[] texts(Function<Letter<E>, @Nullable String> part) {
        @Nullable String[] texts = new @Nullable String[letters.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = part.apply(letters.get(i));
        }
        return texts;
    }

    private static UUID identityOf(String topic, Delivery delivery) {
        return Identity.of(topic, delivery.attributes(), delivery.data());
    }

    private static @Nullable String subjectOf(Delivery delivery) {
        String subject = delivery.attributes().get(EventAttributes.SUBJECT);
        String named = subject == null ? delivery.orderingKey() : subject;
        return named.isEmpty() ? null : Storable.text(named);
    }
}

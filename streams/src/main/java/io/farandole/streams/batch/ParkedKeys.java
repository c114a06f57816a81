package io.farandole.streams.batch;

import io.farandole.streams.Source;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one source in one transaction, where order matters: held from before anything is
 * decided about them, so that a key's messages are applied, or parked, one transaction after
 * another. Where order does not matter nothing is held and no key is ever parked.
 */
final class ParkedKeys {

    private static final String INSERT =
            """
            insert into streams.parked_key (generation, topic, key)
            select ?, ?, wanted.key from unnest(?::text[]) wanted(key)
            on conflict do nothing
            """;
    private static final String LOCK =
            """
            select wanted.key, held.since is not null
            from unnest(?::text[]) wanted(key)
            cross join lateral (
              select since from streams.parked_key
              where generation = ? and topic = ? and key = wanted.key for update) held
            """;
    // What stands in lines says it all: a key is parked exactly as long as something does.
    private static final String PARK =
            """
            update streams.parked_key p set since = ?::timestamptz
            where p.generation = ? and p.topic = ? and p.key = any (?::text[]) and p.since is null
              and exists (select from streams.dead_letter d
                          where d.generation = p.generation and d.topic = p.topic
                            and d.line = p.key and d.status = 'OPEN')
            """;
    private static final String FREE =
            """
            delete from streams.parked_key p
            where p.generation = ? and p.topic = ? and p.key = any (?::text[])
              and not exists (select from streams.dead_letter d
                              where d.generation = p.generation and d.topic = p.topic
                                and d.line = p.key and d.status = 'OPEN')
            """;

    // Once it is the turn of one that stood behind, it waits for nothing any more.
    private static final String NEXT =
            """
            update streams.dead_letter set next_attempt_at = ?::timestamptz
            where id = any (array(
              select first.id
              from unnest(?::text[]) wanted(key)
              cross join lateral (
                select id, cause from streams.dead_letter
                where generation = ? and topic = ? and line = wanted.key and status = 'OPEN'
                order by id limit 1) first
              where first.cause = 'PARKED_BEHIND'))
            """;

    private final Generation generation;
    private final String topic;
    private final boolean keepsOrder;
    private final Set<String> parked = new HashSet<>();
    private final Set<String> locked = new HashSet<>();
    private String[] keys = {};

    ParkedKeys(Generation generation, Source<?> source) {
        this.generation = generation;
        this.topic = source.topic().name();
        this.keepsOrder = source.keepsOrder();
    }

    boolean keepOrder() {
        return keepsOrder;
    }

    /**
     * Makes the rows that are missing and locks all, in the order of the keys.
     *
     * @param wanted null for what has no key
     */
    void lock(RoundTrip roundTrip, Stream<@Nullable String> wanted) {
        if (!keepsOrder) {
            return;
        }
        keys = wanted.filter(Objects::nonNull).distinct().sorted().toArray(String[]::new);
        if (keys.length == 0) {
            return;
        }
        roundTrip.run(INSERT, generation.id(), topic, keys);
        roundTrip.read(
                rows -> {
                    locked.add(rows.getString(1));
                    if (rows.getBoolean(2)) {
                        parked.add(rows.getString(1));
                    }
                },
                LOCK,
                keys,
                generation.id(),
                topic);
    }

    /** Once they are sent: whether all of them are ours. */
    void requireLocked() {
        if (locked.size() < keys.length) {
            throw new Contended("a key was freed before it could be locked");
        }
    }

    boolean isParked(String key) {
        return parked.contains(key);
    }

    Set<String> parked() {
        return parked;
    }

    /**
     * After the dead letters are written: parks the keys that have a line, frees the others, and
     * lets a line go on whose first is applied.
     */
    void settle(RoundTrip roundTrip, Instant now) {
        if (keys.length > 0) {
            roundTrip.run(PARK, now.toString(), generation.id(), topic, keys);
            roundTrip.run(FREE, generation.id(), topic, keys);
        }
        if (!parked.isEmpty()) {
            String[] lines = parked.stream().sorted().toArray(String[]::new);
            roundTrip.run(NEXT, now.toString(), lines, generation.id(), topic);
        }
    }
}

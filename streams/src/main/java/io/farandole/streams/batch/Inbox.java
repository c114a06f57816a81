package io.farandole.streams.batch;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What a generation has heard, with the hour in which each was first published. */
final class Inbox {

    private final Table daily;
    private final Table lasting;

    Inbox(Generation generation) {
        daily = new Table(generation.partitionOf("streams.inbox"), "event_id", generation.id());
        lasting = new Table("streams.source_inbox", "identity", generation.id());
    }

    /**
     * Claims what was not heard yet. A claim that another transaction is making waits for its end.
     *
     * @param hours the messages, each once
     * @param won filled with those that are ours
     */
    void claim(RoundTrip roundTrip, Map<Claim, Instant> hours, Set<Claim> won) {
        for (boolean dated : List.of(true, false)) {
            UUID[] keys = keys(hours.keySet(), dated);
            if (keys.length > 0) {
                long[] seconds = new long[keys.length];
                for (int i = 0; i < keys.length; i++) {
                    Instant hour = hours.get(new Claim(dated, keys[i]));
                    seconds[i] = hour == null ? 0 : hour.getEpochSecond();
                }
                roundTrip.read(
                        rows -> won.add(new Claim(dated, rows.getObject(1, UUID.class))),
                        table(dated).claim,
                        keys,
                        seconds);
            }
        }
    }

    /** The hours of first publication of what was heard before. */
    void hours(RoundTrip roundTrip, Collection<Claim> claims, Map<Claim, Instant> hours) {
        for (boolean dated : List.of(true, false)) {
            UUID[] keys = keys(new HashSet<>(claims), dated);
            if (keys.length > 0) {
                roundTrip.read(
                        rows ->
                                hours.put(
                                        new Claim(dated, rows.getObject(1, UUID.class)),
                                        Instant.ofEpochSecond(rows.getLong(2))),
                        table(dated).hours,
                        (Object) keys);
            }
        }
    }

    private Table table(boolean dated) {
        return dated ? daily : lasting;
    }

    private static UUID[] keys(Set<Claim> claims, boolean dated) {
        return claims.stream()
                .filter(claim -> claim.dated() == dated)
                .map(Claim::key)
                .sorted(Claim.ORDER)
                .toArray(UUID[]::new);
    }

    /** The statements on one of the two tables. */
    private static final class Table {

        private final String claim;
        private final String hours;

        Table(String name, String key, int generation) {
            claim =
                    """
                    insert into %1$s (generation, %2$s, published_hour)
                    select %3$d, said.id, to_timestamp(said.hour)
                    from unnest(?::uuid[], ?::bigint[]) said(id, hour)
                    order by said.id
                    on conflict do nothing
                    returning %2$s
                    """
                            .formatted(name, key, generation);
            hours =
                    """
                    select heard.%2$s, extract(epoch from heard.published_hour)::bigint
                    from %1$s heard
                    where heard.%2$s = any (?::uuid[]) and heard.generation = %3$d
                    """
                            .formatted(name, key, generation);
        }
    }
}

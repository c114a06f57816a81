package io.farandole.streams.batch;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The ledger and the watermark of one batch, written as its last rows: others wait for those. */
final class Books {

    // A worker's row may hold less than nothing of what waits or was put aside, when others put it
    // there: the sum over the workers is what counts.
    private static final String LEDGER =
            """
            insert into streams.ledger as l (generation, topic, hour, worker, delivered, applied,
                duplicate, late, rejected, dead_lettered, waiting, withheld)
            select ?, ?, to_timestamp(c.hour), ?, c.delivered, c.applied, c.duplicate, c.late,
                c.rejected, c.dead_lettered, c.waiting, c.withheld
            from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
              c(hour, delivered, applied, duplicate, late, rejected, dead_lettered, waiting,
                withheld)
            on conflict (generation, topic, hour, worker) do update
            set delivered = l.delivered + excluded.delivered,
                applied = l.applied + excluded.applied,
                duplicate = l.duplicate + excluded.duplicate,
                late = l.late + excluded.late,
                rejected = l.rejected + excluded.rejected,
                dead_lettered = l.dead_lettered + excluded.dead_lettered,
                waiting = l.waiting + excluded.waiting,
                withheld = l.withheld + excluded.withheld
            """;
    private static final String WATERMARK =
            """
            insert into streams.watermark as w (generation, worker, event_time)
            values (?, ?, ?::timestamptz)
            on conflict (generation, worker) do update
            set event_time = excluded.event_time where w.event_time < excluded.event_time
            """;

    private final Generation generation;
    private final String topic;
    private final int worker;
    private final Map<Instant, Map<Count, Long>> hours = new TreeMap<>();
    // Counted apart from what becomes of them: or nothing could ever be found missing.
    private final Map<Instant, Long> delivered = new TreeMap<>();
    // Of what was not delivered to anybody: it has no outcome.
    private final Map<Instant, Long> withheld = new TreeMap<>();
    private final Map<Count, Integer> totals = new EnumMap<>(Count.class);
    private @Nullable Instant latest;

    Books(Generation generation, String topic, int worker) {
        this.generation = generation;
        this.topic = topic;
        this.worker = worker;
    }

    /** One more that has come, whatever becomes of it. */
    void delivered(Instant hour) {
        delivered.merge(hour, 1L, Long::sum);
    }

    /** One more that was passed over, for its user asked to be forgotten. */
    void withheld(Instant hour) {
        withheld.merge(hour, 1L, Long::sum);
    }

    /** The same of something that had come, and was put aside: it is as if it had not. */
    void withheldAfterAll(Instant hour) {
        delivered.merge(hour, -1L, Long::sum);
        withheld(hour);
    }

    /** One more of this kind. */
    void count(Instant hour, Count count) {
        add(hour, count, 1);
        totals.merge(count, 1, Integer::sum);
    }

    /** It was counted so and is counted otherwise from now on. */
    void noLonger(Instant hour, Count count) {
        add(hour, count, -1);
    }

    /** Something of this event time was applied. */
    void applied(Instant eventTime) {
        if (latest == null || eventTime.isAfter(latest)) {
            latest = eventTime;
        }
    }

    /**
     * @throws InfrastructureTrouble if something that was delivered has no outcome, or two: a fault
     *     of ours for which no message is put aside
     */
    void write(RoundTrip roundTrip, Instant now) {
        requireBalance();
        hours.values().removeIf(counts -> counts.values().stream().allMatch(n -> n == 0));
        withheld.keySet()
                .forEach(hour -> hours.computeIfAbsent(hour, _ -> new EnumMap<>(Count.class)));
        if (!hours.isEmpty()) {
            roundTrip.run(
                    LEDGER,
                    generation.id(),
                    topic,
                    worker,
                    hours.keySet().stream().mapToLong(Instant::getEpochSecond).toArray(),
                    hours.keySet().stream()
                            .mapToLong(hour -> delivered.getOrDefault(hour, 0L))
                            .toArray(),
                    column(Count.APPLIED),
                    column(Count.DUPLICATE),
                    column(Count.LATE),
                    column(Count.REJECTED),
                    column(Count.DEAD_LETTERED),
                    column(Count.WAITING),
                    hours.keySet().stream()
                            .mapToLong(hour -> withheld.getOrDefault(hour, 0L))
                            .toArray());
        }
        Instant mark = latest;
        if (mark != null) {
            Instant bounded = mark.isAfter(now) ? now : mark;
            roundTrip.run(WATERMARK, generation.id(), worker, bounded.toString());
        }
    }

    Receipt receipt(int outputs, int works) {
        return new Receipt(
                total(Count.APPLIED),
                total(Count.DUPLICATE),
                total(Count.LATE),
                total(Count.REJECTED),
                total(Count.DEAD_LETTERED),
                total(Count.WAITING),
                outputs,
                works);
    }

    private void requireBalance() {
        Set<Instant> all = new TreeSet<>(hours.keySet());
        all.addAll(delivered.keySet());
        for (Instant hour : all) {
            Map<Count, Long> counts = hours.getOrDefault(hour, Map.of());
            long came = delivered.getOrDefault(hour, 0L);
            if (came != counts.values().stream().mapToLong(Long::longValue).sum()) {
                throw new InfrastructureTrouble(
                        "the books of "
                                + generation.processor()
                                + " on "
                                + topic
                                + " do not balance for the hour "
                                + hour
                                + ": "
                                + came
                                + " delivered, but "
                                + counts
                                + ". Nothing of this batch is committed or acknowledged; this is a"
                                + " fault of the runner: report it.",
                        null);
            }
        }
    }

    private void add(Instant hour, Count count, long many) {
        hours.computeIfAbsent(hour, _ -> new EnumMap<>(Count.class)).merge(count, many, Long::sum);
    }

    private long[] column(Count count) {
        return hours.values().stream()
                .mapToLong(counts -> counts.getOrDefault(count, 0L))
                .toArray();
    }

    private int total(Count count) {
        return totals.getOrDefault(count, 0);
    }
}

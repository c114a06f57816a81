package io.farandole.streams.installation;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.streams.judging.Judge;
import io.farandole.streams.judging.Judgements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the database says of windows, held against the times at which the publisher knows that
 * things happened: by division and plain SQL, which share nothing with the windows of streams.
 */
public final class WindowBooks {

    private static final String OF_TALLY =
            " join streams.generation g on g.id = %s.generation where g.processor = '"
                    + WindowTally.NAME
                    + "'";
    private static final String COUNTED =
            "select key, (value ->> 'number')::bigint from windowtally.counts where value is not null";
    private static final String LATE =
            """
            select (convert_from(d.payload, 'UTF8')::jsonb -> 'viewed' ->> 'item') || '|' ||
                floor(extract(epoch from (d.attributes ->> 'ce-time')::timestamptz) / 10)::bigint,
              count(*)
            from streams.dead_letter d
            """
                    + OF_TALLY.formatted("d")
                    + " and d.cause = 'LATE' and d.status = 'OPEN' group by 1";
    private static final String PUT_ASIDE =
            "select d.cause || ' ' || d.status || ' ' || coalesce(d.reason, '') || ' ' || d.attributes::text, 1 from streams.dead_letter d"
                    + OF_TALLY.formatted("d")
                    + " and d.cause <> 'LATE'";
    private static final String SAID =
            """
            select (body ->> 'item') || '|' || (body ->> 'offer'), count(*), max((body ->> 'stock')::bigint)
            from streams.outbox, lateral (
              select convert_from(payload, 'UTF8')::jsonb -> 'stockChanged') said(body)
            where topic = 'catalogue' group by 1
            """;
    private static final String WATERMARK =
            "select floor(extract(epoch from max(w.event_time)))::bigint from streams.watermark w"
                    + OF_TALLY.formatted("w");

    private final Installation installation;

    public WindowBooks(Installation installation) {
        this.installation = installation;
    }

    /** The topic on which it says what windows held, and the subscription that it reads. */
    public static void provision(Wiring wiring) {
        wiring.admin().createTopic("catalogue");
        wiring.createSubscription("activity", WindowTally.NAME);
    }

    /** How many different events were settled. */
    public long settled() {
        return ledger("delivered - duplicate");
    }

    /** How many came too late, and how many windows were told of. */
    public String summary() {
        return "%,d views too late for their window, %,d windows closed"
                .formatted(ledger("late"), numbers(SAID, 2).size());
    }

    /** That something was late and something closed; without that, less is proved. */
    public boolean hasSeenAll() {
        return ledger("late") > 0 && !numbers(SAID, 2).isEmpty();
    }

    /** Once all is settled, and what is due has fired. */
    public void areExactly(Views views) {
        Judgements all = new Judgements();
        judge(views, all);
        all.areSatisfied("What windows of " + views.distinct() + " views came to");
    }

    public void judge(Views views, Judgements judgements) {
        long watermark = installation.number(WATERMARK);
        Map<String, Long> counted = numbers(COUNTED, 2);
        Map<String, Long> late = numbers(LATE, 2);
        judgements.ask(
                Judge.STATE,
                () ->
                        assertThat(differing(views.byWindow(WindowTally.SIZE), counted, late))
                                .as(
                                        "what windows hold, and what came too late for them, where that"
                                                + " is not what was published; at %d",
                                        watermark)
                                .isEmpty());
        judgements.ask(
                Judge.STATE,
                () ->
                        assertThat(watermark)
                                .as("no clock that is ahead closes anything")
                                .isLessThanOrEqualTo(Instant.now().getEpochSecond()));
        judgements.ask(
                Judge.DEAD_LETTERS,
                () ->
                        assertThat(numbers(PUT_ASIDE, 2))
                                .as("put aside for anything else than being late")
                                .isEmpty());
        judgements.ask(
                Judge.LEDGER,
                () -> assertThat(ledger("applied")).as("applied").isEqualTo(sum(counted)));
        judgements.ask(
                Judge.LEDGER, () -> assertThat(ledger("late")).as("late").isEqualTo(sum(late)));
        judgements.ask(
                Judge.DEAD_LETTERS,
                () ->
                        assertThat(late.keySet())
                                .as("put aside as late")
                                .allSatisfy(
                                        window ->
                                                assertThat(closes(window))
                                                        .isLessThanOrEqualTo(watermark)));
        judgements.ask(
                Judge.SAID,
                () ->
                        assertThat(numbers(SAID, 2).values())
                                .as("how often each window was told of")
                                .allMatch(times -> times == 1));
        Map<String, Long> closed = new TreeMap<>(counted);
        closed.keySet().removeIf(window -> closes(window) > watermark);
        judgements.ask(
                Judge.SAID,
                () ->
                        assertThat(numbers(SAID, 3))
                                .as("what is told of each window that is closed")
                                .isEqualTo(closed));
    }

    /** Of each window that is wrong, what was published, counted, and late. */
    private static Map<String, List<Long>> differing(
            Map<String, Long> published, Map<String, Long> counted, Map<String, Long> late) {
        Map<String, List<Long>> differing = new TreeMap<>();
        Set<String> all = new TreeSet<>(published.keySet());
        all.addAll(counted.keySet());
        all.addAll(late.keySet());
        for (String window : all) {
            List<Long> its =
                    List.of(
                            published.getOrDefault(window, 0L),
                            counted.getOrDefault(window, 0L),
                            late.getOrDefault(window, 0L));
            if (its.get(0) != its.get(1) + its.get(2)) {
                differing.put(window, its);
            }
        }
        return differing;
    }

    private static long closes(String window) {
        long number = Long.parseLong(window.substring(window.lastIndexOf('|') + 1));
        return (number + 1) * WindowTally.SIZE.toSeconds() + WindowTally.GRACE.toSeconds();
    }

    private static long sum(Map<String, Long> numbers) {
        return numbers.values().stream().mapToLong(Long::longValue).sum();
    }

    private long ledger(String column) {
        return installation.number(
                "select sum(" + column + ") from streams.ledger l" + OF_TALLY.formatted("l"));
    }

    private Map<String, Long> numbers(String sql, int column) {
        Map<String, Long> numbers = new TreeMap<>();
        try (Connection connection = installation.postgres().ownerDataSource().getConnection();
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                numbers.put(rows.getString(1), rows.getLong(column));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        return numbers;
    }
}

package io.farandole.streams.installation;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.streams.judging.Judge;
import io.farandole.streams.judging.Judgements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** What the database says became of the views. */
public final class ViewBooks {

    private static final Pattern VERSION = Pattern.compile("\"version\":\\s*(\\d+)");

    private static final String OF_TALLY =
            " join streams.generation g on g.id = %s.generation where g.processor = '"
                    + Tally.NAME
                    + "'";

    private final Installation installation;

    public ViewBooks(Installation installation) {
        this.installation = installation;
    }

    /** How many different events were settled, whatever became of them. */
    public long settled() {
        return ledger("delivered - duplicate");
    }

    public long duplicates() {
        return ledger("duplicate");
    }

    /** State, ledger and outbox are what the published events make, to the event. */
    public void areExactly(Views views) {
        Judgements all = new Judgements();
        judge(views, all);
        all.areSatisfied("What " + views.distinct() + " views came to");
    }

    /** The same, each part by a judge of its own. */
    public void judge(Views views, Judgements judgements) {
        judgements.ask(
                Judge.STATE,
                () ->
                        assertThat(byKey("tally.items"))
                                .as("items")
                                .isEqualTo(new TreeMap<>(views.byItem())));
        judgements.ask(
                Judge.STATE,
                () ->
                        assertThat(byKey("tally.users"))
                                .as("users")
                                .isEqualTo(new TreeMap<>(views.byUser())));
        judgements.ask(
                Judge.LEDGER,
                () -> assertThat(ledger("applied")).as("applied").isEqualTo(views.distinct()));
        judgements.ask(
                Judge.LEDGER,
                () -> assertThat(settled()).as("distinct published").isEqualTo(views.distinct()));
        judgements.ask(
                Judge.DEAD_LETTERS,
                () ->
                        assertThat(
                                        installation.number(
                                                "select count(*) from streams.dead_letter d"
                                                        + OF_TALLY.formatted("d")))
                                .as("dead letters")
                                .isZero());
        judgements.ask(
                Judge.SAID,
                () ->
                        assertThat(
                                        installation.number(
                                                "select count(*) from streams.outbox where topic ="
                                                        + " 'recommendations'"))
                                .as("said")
                                .isEqualTo(views.distinct()));
    }

    private long ledger(String column) {
        return installation.number(
                "select sum(" + column + ") from streams.ledger l" + OF_TALLY.formatted("l"));
    }

    public void everythingSaidIsPublished() {
        assertThat(
                        installation.number(
                                "select count(*) from streams.outbox where published_at is null"))
                .as("unpublished")
                .isZero();
    }

    /** A user's versions come in the order in which they were said, none missing. */
    public void keepTheOrderOfEachUser(Collector said) {
        said.byKey()
                .forEach(
                        (user, got) ->
                                assertThat(got)
                                        .as(user)
                                        .extracting(one -> version(one.body()))
                                        .isEqualTo(
                                                LongStream.rangeClosed(1, got.size())
                                                        .boxed()
                                                        .toList()));
    }

    /**
     * Each of a user's versions comes once, in whatever order: about a switch that may be another.
     */
    public void keepEachVersionOfEachUserOnce(Collector said) {
        said.byKey()
                .forEach(
                        (user, got) ->
                                assertThat(got)
                                        .as(user)
                                        .extracting(one -> version(one.body()))
                                        .containsExactlyInAnyOrderElementsOf(
                                                LongStream.rangeClosed(1, got.size())
                                                        .boxed()
                                                        .toList()));
    }

    /** The number of each key, by this table of a generation or of all. */
    public Map<String, Long> byKey(String table) {
        Map<String, Long> counts = new TreeMap<>();
        try (Connection connection = installation.postgres().ownerDataSource().getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                "select key, (value ->> 'number')::bigint from " + table);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(table, e);
        }
        return counts;
    }

    private static long version(String body) {
        Matcher matcher = VERSION.matcher(body);
        assertThat(matcher.find()).as(body).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}

package io.farandole.streams.installation;

import static org.assertj.core.api.Assertions.assertThat;

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

    private final Installation installation;

    public ViewBooks(Installation installation) {
        this.installation = installation;
    }

    /** How many different events were settled, whatever became of them. */
    public long settled() {
        return installation.number("select sum(delivered - duplicate) from streams.ledger");
    }

    public long duplicates() {
        return installation.number("select sum(duplicate) from streams.ledger");
    }

    /** State and ledger are what the published events make, to the event. */
    public void areExactly(Views views) throws SQLException {
        assertThat(byItem("tally.items")).isEqualTo(new TreeMap<>(views.byItem()));
        assertThat(installation.number("select sum(applied) from streams.ledger"))
                .as("applied")
                .isEqualTo(views.distinct());
        assertThat(settled()).as("distinct published").isEqualTo(views.distinct());
        assertThat(installation.number("select count(*) from streams.dead_letter"))
                .as("dead letters")
                .isZero();
        assertThat(
                        installation.number(
                                "select count(*) from streams.outbox where topic = 'recommendations'"))
                .as("said")
                .isEqualTo(views.distinct());
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

    /** How often each item was looked at, by this table of a generation or of all. */
    public Map<String, Long> byItem(String table) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        try (Connection connection = installation.postgres().ownerDataSource().getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                "select key, (value ->> 'number')::bigint from " + table);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
        }
        return counts;
    }

    private static long version(String body) {
        Matcher matcher = VERSION.matcher(body);
        assertThat(matcher.find()).as(body).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}

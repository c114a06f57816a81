package io.farandole.processors.warehouse;

import io.farandole.processors.archive.Archive.Reader;
import io.farandole.processors.archive.Kept;
import io.farandole.processors.archive.Raw;
import io.farandole.processors.archive.Selection;
import io.farandole.streams.Erasures;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads selected rows in the order of their positions, a span of positions at a time. */
final class ReadingRows {

    private static final long SPAN = 10_000;

    /** Of a few keys there is little in a span. */
    private static final long SPAN_OF_KEYS = 500_000;

    private final Connection connection;
    private final Selection selection;

    ReadingRows(Connection connection, Selection selection) {
        this.connection = connection;
        this.selection = selection;
    }

    /** The position that it read up to. */
    long read(Reader reader) throws SQLException, IOException {
        connection.setAutoCommit(false);
        // One view of everything, erasures too: whoever was forgotten before is withheld.
        long end = Position.in(connection).row();
        Erasures erasures = ErasureRows.all(connection);
        long from = Math.max(selection.after(), first() - 1);
        long span = selection.keys().isEmpty() ? SPAN : SPAN_OF_KEYS;
        try (PreparedStatement statement = connection.prepareStatement(sql())) {
            for (long after = from; after < end; after += span) {
                for (Raw row : span(statement, after, Math.min(end, after + span))) {
                    if (!erasures.withhold(row.key(), row.attributes())) {
                        reader.read(row);
                    }
                }
            }
        }
        connection.rollback();
        return Math.max(end, selection.after());
    }

    /** At most so many, fewer only at the end; what is withheld is among them. */
    List<Kept> next(int most) throws SQLException {
        connection.setAutoCommit(false);
        Erasures erasures = ErasureRows.all(connection);
        long end = Position.in(connection).row();
        List<Kept> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql() + " limit " + most)) {
            long after = selection.after();
            // Without a bound all that is left would be looked through for each portion.
            for (long span = most; found.size() < most && after < end; span *= 2) {
                long to = span < end - after ? after + span : end;
                List<Raw> portion = span(statement, after, to);
                after = portion.size() == most ? portion.getLast().position() : to;
                for (Raw row : portion) {
                    if (found.size() < most) {
                        boolean withheld = erasures.withhold(row.key(), row.attributes());
                        found.add(new Kept(row, withheld));
                    }
                }
            }
        }
        connection.rollback();
        return found;
    }

    private List<Raw> span(PreparedStatement statement, long after, long to) throws SQLException {
        int parameter = 0;
        statement.setLong(++parameter, after);
        statement.setLong(++parameter, to);
        for (String topic : selection.topics()) {
            statement.setString(++parameter, topic);
        }
        Instant published = selection.publishedFrom();
        if (published != null) {
            statement.setObject(++parameter, LandingRows.utc(published));
        }
        for (String key : selection.keys()) {
            statement.setString(++parameter, key);
        }
        List<Raw> rows = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(
                        Raw.kept(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                Instant.EPOCH.plus(row.getLong(4), ChronoUnit.MICROS),
                                row.getString(5),
                                row.getBytes(6)));
            }
        }
        return rows;
    }

    private String sql() {
        return "select position, topic, key, epoch_us(publish_time), attributes, payload from raw"
                + " where position > ? and position <= ? and topic in ("
                + marks(selection.topics().size())
                + ")"
                + (selection.publishedFrom() == null ? "" : " and publish_time >= ?")
                + (selection.keys().isEmpty()
                        ? ""
                        : " and key in (" + marks(selection.keys().size()) + ")")
                + " order by position";
    }

    private long first() throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("select coalesce(min(position), 1) from raw");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}

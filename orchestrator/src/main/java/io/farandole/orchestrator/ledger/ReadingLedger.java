package io.farandole.orchestrator.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the rows that processors wrote in their batch transactions: of generations that are active,
 * or of all that have one number.
 */
public final class ReadingLedger {

    private final JdbcClient database;

    public ReadingLedger(JdbcClient database) {
        this.database = database;
    }

    /** Of the active generations. */
    public List<LedgerLine> lines() {
        return lines("g.phase = 'ACTIVE'", 0);
    }

    /** Of every processor's generation of this number, in whatever phase it is. */
    public List<LedgerLine> lines(int generation) {
        return lines("g.number = :generation", generation);
    }

    /** Who has a generation of this number, which may have heard nothing yet. */
    public Set<String> processorsWith(int generation) {
        return Set.copyOf(
                database.sql(
                                "select processor from streams.generation"
                                        + " where number = :generation and dropped_at is null")
                        .param("generation", generation)
                        .query(String.class)
                        .list());
    }

    private List<LedgerLine> lines(String which, int generation) {
        return database.sql(
                        """
                select l.topic, g.processor, g.number, l.hour, sum(l.delivered) as delivered, sum(l.applied) as applied,
                       sum(l.duplicate) as duplicate, sum(l.late) as late, sum(l.rejected) as rejected,
                       sum(l.dead_lettered) as dead_lettered, sum(l.waiting) as waiting,
                       sum(l.withheld) as withheld, sum(l.expired) as expired
                from streams.ledger l join streams.generation g on g.id = l.generation
                where %s
                group by l.topic, g.processor, g.number, l.hour
                order by l.topic, g.processor, g.number, l.hour
                """
                                .formatted(which))
                .param("generation", generation)
                .query(ReadingLedger::line)
                .list();
    }

    private static LedgerLine line(ResultSet row, int number) throws SQLException {
        return new LedgerLine(
                row.getString("topic"),
                row.getString("processor"),
                row.getInt("number"),
                row.getObject("hour", OffsetDateTime.class).toInstant(),
                row.getLong("delivered"),
                row.getLong("applied"),
                row.getLong("duplicate"),
                row.getLong("late"),
                row.getLong("rejected"),
                row.getLong("dead_lettered"),
                row.getLong("waiting"),
                row.getLong("withheld"),
                row.getLong("expired"));
    }
}

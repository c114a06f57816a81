package io.farandole.orchestrator.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the rows that processors wrote in their batch transactions, of generations that are active.
 */
public final class ReadingLedger {

    private final JdbcClient database;

    public ReadingLedger(JdbcClient database) {
        this.database = database;
    }

    public List<LedgerLine> lines() {
        return database.sql(
                        """
                select l.topic, g.processor, g.number, l.hour, sum(l.delivered) as delivered, sum(l.applied) as applied,
                       sum(l.duplicate) as duplicate, sum(l.late) as late, sum(l.rejected) as rejected,
                       sum(l.dead_lettered) as dead_lettered, sum(l.waiting) as waiting,
                       sum(l.withheld) as withheld, sum(l.expired) as expired
                from streams.ledger l join streams.generation g on g.id = l.generation
                where g.phase = 'ACTIVE'
                group by l.topic, g.processor, g.number, l.hour
                order by l.topic, g.processor, g.number, l.hour
                """)
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

package io.farandole.streams.batch;

import io.farandole.streams.Processor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The generations of all processors, as registered. */
final class Generations {

    private static final String REGISTER =
            """
            insert into streams.generation (processor, number, ring, phase)
            select ?, 1, ?, 'ACTIVE'
            where not exists (select from streams.generation where processor = ?)
            """;
    private static final String ACTIVE =
            """
            select id, number, ring from streams.generation
            where processor = ? and phase = 'ACTIVE'
            """;
    private static final String DAILY =
            """
            select id, processor, number from streams.generation
            where ring = 'INTERNAL' and to_regclass('streams.inbox_g' || id) is not null
            order by id
            """;

    private final Connection connection;

    Generations(Connection connection) {
        this.connection = connection;
    }

    /** The processor's active generation; its first, made now, if it has none at all. */
    Generation active(Processor processor) throws SQLException {
        try (PreparedStatement register = connection.prepareStatement(REGISTER)) {
            register.setString(1, processor.name());
            register.setString(2, processor.ring().name());
            register.setString(3, processor.name());
            register.executeUpdate();
        }
        try (PreparedStatement active = connection.prepareStatement(ACTIVE)) {
            active.setString(1, processor.name());
            try (ResultSet rows = active.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException(
                            "processor "
                                    + processor.name()
                                    + " has generations, but none is ACTIVE: switch to one");
                }
                if (!rows.getString(3).equals(processor.ring().name())) {
                    throw new IllegalStateException(
                            "processor "
                                    + processor.name()
                                    + " heard the "
                                    + rows.getString(3)
                                    + " ring until now and is described for the "
                                    + processor.ring()
                                    + " ring: it needs a new name, or a new data directory");
                }
                return new Generation(rows.getInt(1), processor.name(), rows.getInt(2));
            }
        }
    }

    /** Those that remember ids of internal events day by day. */
    List<Generation> withDailyInbox() throws SQLException {
        List<Generation> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(DAILY);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(new Generation(rows.getInt(1), rows.getString(2), rows.getInt(3)));
            }
        }
        return found;
    }
}

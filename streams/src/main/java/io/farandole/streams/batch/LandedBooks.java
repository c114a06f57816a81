package io.farandole.streams.batch;

import io.farandole.streams.Landing.Account;
import io.farandole.streams.Processor;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;

/**
 * The ledger's copy of accounts that are kept elsewhere. Whole accounts are written, never
 * differences: telling one twice, or not at all for a while, does no harm.
 */
public final class LandedBooks {

    private static final String TELL =
            """
            insert into streams.ledger (generation, topic, hour, worker, delivered, applied,
                duplicate, late, rejected, dead_lettered, waiting)
            values (?, ?, ?, 0, ?, ?, ?, 0, 0, 0, 0)
            on conflict (generation, topic, hour, worker) do update
            set delivered = excluded.delivered,
                applied = excluded.applied,
                duplicate = excluded.duplicate
            """;

    private final DataSource database;
    private final Generation generation;

    /**
     * Makes the reader known if it is not.
     *
     * @throws InfrastructureTrouble if Postgres fails
     */
    public LandedBooks(DataSource database, String reader) {
        this.database = database;
        this.generation = generation(database, reader);
    }

    /**
     * @throws InfrastructureTrouble if Postgres fails
     */
    public void tell(List<Account> accounts) {
        try (Connection connection = database.getConnection();
                PreparedStatement tell = connection.prepareStatement(TELL)) {
            for (Account account : accounts) {
                tell.setInt(1, generation.id());
                tell.setString(2, account.topic());
                tell.setObject(3, account.hour().atOffset(ZoneOffset.UTC));
                tell.setLong(4, account.delivered());
                tell.setLong(5, account.applied());
                tell.setLong(6, account.duplicate());
                tell.addBatch();
            }
            tell.executeBatch();
        } catch (BatchUpdateException e) {
            SQLException cause = e.getNextException();
            throw Trouble.infrastructure(
                    "copying the accounts of " + generation.processor(), cause == null ? e : cause);
        } catch (SQLException e) {
            throw Trouble.infrastructure("copying the accounts of " + generation.processor(), e);
        }
    }

    private static Generation generation(DataSource database, String reader) {
        try (Connection connection = database.getConnection()) {
            return new Generations(connection).active(Processor.named(reader).build());
        } catch (SQLException e) {
            throw Trouble.infrastructure("making " + reader + " known", e);
        }
    }
}

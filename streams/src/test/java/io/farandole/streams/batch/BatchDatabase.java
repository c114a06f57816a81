package io.farandole.streams.batch;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.farandole.postgres.DurablePostgres;
import io.farandole.streams.installation.SharedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A Postgres for all tests of this JVM, emptied for each, with pools as instances have them. */
public final class BatchDatabase implements AutoCloseable {

    private final List<HikariDataSource> pools = new ArrayList<>();

    private BatchDatabase() {}

    /** Without any processor. */
    public static BatchDatabase fresh() {
        SharedPostgres.clean();
        return new BatchDatabase();
    }

    /** With the tables of these processors as the test before left them, but without a row. */
    public static BatchDatabase emptied(String... processors) {
        BatchDatabase database = new BatchDatabase();
        if (SharedPostgres.keepsWhatWasMadeFor("these: " + String.join(" ", processors))) {
            database.empty();
        }
        return database;
    }

    /** Deletes all that was heard, kept and said. */
    public void empty() {
        execute(
                String.join(
                        ";\n",
                        rows(
                                """
                        select format('delete from %I.%I', n.nspname, c.relname)
                        from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where n.nspname in (select processor from streams.generation)
                            and c.relkind = 'p'
                          or n.nspname = 'streams' and c.relkind in ('r', 'p')
                            and not c.relispartition and c.relname not in
                            ('generation', 'store', 'read_model', 'flyway_schema_history')
                        """)));
    }

    public DurablePostgres postgres() {
        return SharedPostgres.get();
    }

    public DataSource owner() {
        return SharedPostgres.get().ownerDataSource();
    }

    /** As one instance has it. */
    public DataSource pool(int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(SharedPostgres.get().jdbcUrl());
        config.setUsername(SharedPostgres.get().owner().user());
        config.setPassword(SharedPostgres.get().owner().password());
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(5_000);
        HikariDataSource pool = new HikariDataSource(config);
        pools.add(pool);
        return pool;
    }

    public void execute(String sql) {
        try (Connection connection = SharedPostgres.get().ownerDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The rows, their columns joined by a bar. */
    public List<String> rows(String sql) {
        return rows(owner(), sql);
    }

    public static List<String> rows(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(String.valueOf(rows.getString(i)));
                }
                found.add(String.join("|", columns));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public long number(String sql) {
        return Long.parseLong(rows(sql).getFirst());
    }

    /** The sums of the ledger: delivered, applied, duplicate, late, rejected, dead, waiting. */
    public String ledger() {
        return rows("""
                        select sum(delivered), sum(applied), sum(duplicate), sum(late),
                               sum(rejected), sum(dead_lettered), sum(waiting)
                        from streams.ledger
                        """)
                .getFirst();
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
    }
}

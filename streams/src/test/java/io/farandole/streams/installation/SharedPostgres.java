package io.farandole.streams.installation;

import io.farandole.postgres.DurablePostgres;
import io.farandole.streams.batch.StreamsSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * One Postgres for all tests of this JVM, as empty for each as one where nothing ever ran. The
 * schema {@code streams} stays, for to migrate takes longer than most tests.
 */
public final class SharedPostgres {

    private static final DurablePostgres POSTGRES = DurablePostgres.temporary();

    private static final String SHAPE =
            """
            select string_agg(format('%s %s%s', c.relname, c.relkind, c.relnatts), ', ' order by c.relname)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'streams'
            """;

    private static final String CLEAN =
            """
            do $$
            declare
                one record;
            begin
                for one in select nspname as name from pg_namespace
                    where nspname !~ '^pg_' and nspname not in ('information_schema', 'public', 'streams')
                loop
                    execute format('drop schema %I cascade', one.name);
                end loop;
                -- The inbox of each generation came with it, with its partitions.
                for one in select c.relname as name from pg_class c
                    join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = 'streams' and c.relkind = 'p' and c.relname ~ '^inbox_g[0-9]+$'
                loop
                    execute format('drop table streams.%I cascade', one.name);
                end loop;
                for one in select c.relname as name, c.relkind as kind from pg_class c
                    join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = 'streams' and c.relkind in ('r', 'p', 'S')
                        and not c.relispartition and c.relname <> 'flyway_schema_history'
                    -- Others refer to generations.
                    order by c.relname = 'generation'
                loop
                    if one.kind = 'S' then
                        perform setval(format('streams.%I', one.name)::regclass, 1, false);
                    else
                        execute format('delete from streams.%I', one.name);
                    end if;
                end loop;
            end $$
            """;

    /** What the schema is when it was just migrated; null before the first time. */
    private static @Nullable String migrated;

    /** Whose processors are made there; empty where nobody's are. */
    private static String made = "";

    private SharedPostgres() {}

    /** As it is, with what the test before left in it. */
    public static DurablePostgres get() {
        return POSTGRES;
    }

    /** As the test before left it if that made the same processors; says whether it is. */
    public static boolean keepsWhatWasMadeFor(String processors) {
        if (made.equals(processors)) {
            return true;
        }
        clean();
        made = processors;
        return false;
    }

    /** Nothing in it but the migrated schema {@code streams}, without a row. */
    public static DurablePostgres clean() {
        made = "";
        try (Connection connection = POSTGRES.ownerDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(CLEAN);
            if (migrated == null || !migrated.equals(shape(connection))) {
                statement.execute("drop schema if exists streams cascade");
                StreamsSchema.migrate(POSTGRES.ownerDataSource());
                migrated = shape(connection);
            }
            return POSTGRES;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable String shape(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SHAPE);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getString(1) : null;
        }
    }
}

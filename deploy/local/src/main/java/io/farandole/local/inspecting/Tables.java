package io.farandole.local.inspecting;

import com.google.common.base.Strings;
import com.google.common.base.Throwables;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.running.DataDirectory;
import io.farandole.postgres.PostgresEndpoint;
import io.farandole.streams.deadletters.DeadLetterDesk;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of a running installation, as its Postgres holds them. */
public final class Tables implements AutoCloseable {

    /** The stores whose hash must not depend on kills, order or repetition. */
    private static final List<String> FACTS =
            List.of(
                    "ingestion.offers",
                    "catalogue.items",
                    "catalogue.offers",
                    "popularity.windows",
                    "profile.items",
                    "profile.users");

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int PLACES = 10_000;
    private static final String ACTIVE =
            " s join streams.generation g on g.id = s.generation where g.phase = 'ACTIVE'";

    private final HikariDataSource source;
    private final JdbcClient client;

    private Tables(HikariDataSource source) {
        this.source = source;
        this.client = JdbcClient.create(source);
    }

    /**
     * @throws Failure if no Postgres runs there
     */
    public static Tables in(DataDirectory directory) {
        PostgresEndpoint postgres =
                PostgresEndpoint.of(directory.postgres())
                        .orElseThrow(
                                () ->
                                        new Failure(
                                                ExitCode.FAILED,
                                                "Postgres does not run in "
                                                        + directory
                                                        + ". See: farandole status"));
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("inspecting");
        pool.setJdbcUrl(postgres.jdbcUrl());
        pool.setUsername(postgres.owner().user());
        pool.setPassword(postgres.owner().password());
        pool.setMaximumPoolSize(2);
        pool.setMinimumIdle(0);
        pool.setConnectionTimeout(PATIENCE.toMillis());
        try {
            return new Tables(new HikariDataSource(pool));
        } catch (HikariPool.PoolInitializationException e) {
            throw new Failure(
                    ExitCode.FAILED,
                    "Postgres runs in "
                            + directory
                            + ", but does not answer ("
                            + Throwables.getRootCause(e).getMessage()
                            + "). See: farandole status",
                    e);
        }
    }

    public JdbcClient client() {
        return client;
    }

    /** What was put aside, to be shown and redriven. */
    public DeadLetterDesk deadLetters() {
        return new DeadLetterDesk(source, Clock.systemUTC());
    }

    public DataSource dataSource() {
        return source;
    }

    @Override
    public void close() {
        source.close();
    }

    /** What each read model holds, counted by itself. */
    public ReadModelRows readModels() {
        return new ReadModelRows(
                rows("catalogue.items"),
                rows("profile.items"),
                rows("profile.users"),
                number("select coalesce(sum(ratings), 0) from popularity.scores"),
                lists());
    }

    /** How many users have a list. */
    public long lists() {
        return rows("personalisation.lists");
    }

    /**
     * Some one of them, mostly another one each time: of a list it may be that nothing of it can be
     * had. It is the first from somewhere between the least and the greatest on, for which few rows
     * are read; some are found more often than others.
     */
    public Optional<String> someUserWithList() {
        return keyAtTheEnd("asc")
                .flatMap(
                        least -> {
                            String greatest = keyAtTheEnd("desc").orElse(least);
                            return withListFrom(
                                            somewhere(least, greatest, ThreadLocalRandom.current()))
                                    .or(() -> withListFrom(least));
                        });
    }

    private Optional<String> keyAtTheEnd(String order) {
        return client.sql(
                        "select s.key from personalisation.lists"
                                + ACTIVE
                                + " order by s.key "
                                + order
                                + " limit 1")
                .query(String.class)
                .optional();
    }

    private Optional<String> withListFrom(String key) {
        return client.sql(
                        "select s.key from personalisation.served s where s.key >= ?"
                                + " order by s.key limit 1")
                .param(key)
                .query(String.class)
                .optional();
    }

    /**
     * A text that begins as both do, and goes on by chance.
     *
     * @param greatest may be less than it: there is nothing from there on then
     */
    static String somewhere(String least, String greatest, RandomGenerator random) {
        String both = Strings.commonPrefix(least, greatest);
        if (both.length() == least.length() || both.length() == greatest.length()) {
            return both + random.nextInt(PLACES);
        }
        char from = least.charAt(both.length());
        char to = greatest.charAt(both.length());
        char next = (char) random.nextInt(from, to + 1);
        return both + (Character.isSurrogate(next) ? from : next) + random.nextInt(PLACES);
    }

    /** A hash for each store of facts, and one of the lists' entries. */
    public List<StoreHash> hashes() {
        List<StoreHash> hashes = new ArrayList<>();
        FACTS.forEach(store -> hashes.add(hash(store, store + ACTIVE, "s.value::text")));
        // A list's version, cause and time tell how often it was written, not what is in it.
        hashes.add(
                hash(
                        "personalisation.lists",
                        "personalisation.served s",
                        "(s.list ->> 'entries')"));
        return List.copyOf(hashes);
    }

    /** How often anything was delivered to any processor; grows as long as anything moves. */
    public long deliveries() {
        return number("select coalesce(sum(delivered - waiting), 0) from streams.ledger");
    }

    /** Events that wait to be published. */
    public long outbox() {
        return number("select count(*) from streams.outbox where published_at is null");
    }

    /** Bytes of the outbox, whole, what is published too. */
    public long outboxBytes() {
        return bytes("outbox");
    }

    /** Bytes of the inboxes of the internal ring, of all generations. */
    public long inboxBytes() {
        return bytes("inbox");
    }

    /** Bytes of ingestion's inbox, which forgets nothing unless it is told to. */
    public long sourceInboxBytes() {
        return bytes("source_inbox");
    }

    public long databaseBytes() {
        return number("select pg_database_size(current_database())");
    }

    /** A table with its indices and, if it is partitioned, all that is below it. */
    private long bytes(String table) {
        // The tree of a table that is not partitioned has not even that table in it.
        return client.sql(
                        """
                        with root as (select ('streams.' || ?)::regclass as id)
                        select (select pg_total_relation_size(id) from root)
                          + coalesce(sum(pg_total_relation_size(below.relid)), 0)
                        from root, pg_partition_tree(root.id) below
                        where below.relid <> root.id
                        """)
                .param(table)
                .query(Long.class)
                .single();
    }

    private StoreHash hash(String store, String rows, String business) {
        return client.sql(
                        "select count(*) as entries, md5(coalesce(string_agg(md5(s.key || E'\\n' || "
                                + business
                                + "), '' order by s.key collate \"C\"), '')) as hash from "
                                + rows)
                .query(
                        (row, _) ->
                                new StoreHash(store, row.getLong("entries"), row.getString("hash")))
                .single();
    }

    private long rows(String store) {
        return number("select count(*) from " + store + ACTIVE);
    }

    private long number(String sql) {
        return client.sql(sql).query(Long.class).single();
    }
}

package io.farandole.streams.batch;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.farandole.events.ActivityEvent;
import io.farandole.events.Message;
import io.farandole.streams.Context;
import io.farandole.streams.Delivery;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Reference;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is changed under a processor's phase lock is seen by every later batch of it. */
final class CurrencyIT {

    private static final String NAME = "serving";
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration IMPATIENT = Duration.ofMillis(20);
    private static final String RELEASE = "select release from elsewhere.current_release";
    private static final Store<Served> SERVED = new Store<>("served", Served.class);

    /** From which release a user was served last. */
    record Served(String release) {}

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final SettableClock clock = new SettableClock(start);
    private final AtomicInteger loads = new AtomicInteger();
    private BatchDatabase database;

    @BeforeEach
    void prepare() {
        database = BatchDatabase.fresh();
        database.execute(
                """
                create schema elsewhere;
                create table elsewhere.current_release (release text);
                insert into elsewhere.current_release values ('r1')
                """);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aBatchThatWaitedForTheLockSeesWhatWasChangedUnderIt() throws Exception {
        BatchTransaction<ActivityEvent> batches = serving(RELEASE).batches;
        batches.apply(List.of(viewed(1, "ann")), 0);
        assertThat(served("ann")).isEqualTo("r1");

        try (Connection deploying = transaction()) {
            PhaseLocks.alone(deploying, NAME, PATIENT);
            CompletableFuture<Receipt> waiting =
                    CompletableFuture.supplyAsync(
                            () -> batches.apply(List.of(viewed(2, "ann"), viewed(3, "bob")), 0),
                            Thread::startVirtualThread);
            await().until(() -> ungranted() == 1);
            release(deploying, "r2");
            deploying.commit();
            assertThat(waiting.get(20, TimeUnit.SECONDS))
                    .isEqualTo(new Receipt(2, 0, 0, 0, 0, 0, 0, 0));
        }
        assertThat(served("ann")).isEqualTo("r2");
        assertThat(served("bob")).isEqualTo("r2");
        assertThat(loads).hasValue(2);
        assertThat(database.ledger()).isEqualTo("3|3|0|0|0|0|0");
    }

    @Test
    void whoTakesTheLockAloneSeesEveryEarlierBatchCommitted() throws Exception {
        BatchTransaction<ActivityEvent> batches = serving(RELEASE).batches;
        batches.apply(List.of(viewed(1, "ann")), 0);
        try (Connection blocking = transaction();
                Connection deploying = transaction()) {
            execute(blocking, "select * from serving.served for update");
            CompletableFuture<Receipt> under =
                    CompletableFuture.supplyAsync(
                            () -> batches.apply(List.of(viewed(2, "ann"), viewed(3, "bob")), 0),
                            Thread::startVirtualThread);
            await().until(() -> ungranted() == 1);
            assertThatThrownBy(() -> PhaseLocks.alone(deploying, NAME, IMPATIENT))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("55P03"));
            deploying.rollback();
            CompletableFuture<String> alone =
                    CompletableFuture.supplyAsync(
                            () -> servedAlone(deploying), Thread::startVirtualThread);
            await().until(() -> ungranted() == 2);
            blocking.rollback();

            assertThat(alone.get(20, TimeUnit.SECONDS)).isEqualTo("ann,bob");
            deploying.rollback();
            assertThat(under.get(20, TimeUnit.SECONDS).applied()).isEqualTo(2);
        }
    }

    @Test
    void whatWaitedSeesItToo() throws Exception {
        Serving serving = serving(RELEASE);
        serving.batches.apply(List.of(viewed(1, "later-ann")), 0);
        change("later");
        clock.advance(Duration.ofSeconds(2));

        assertThat(serving.retrying.retryDue(10, 0).applied()).isEqualTo(1);
        assertThat(served("later-ann")).isEqualTo("later");
        assertThat(loads).hasValue(2);
    }

    @Test
    void aCurrencyMayBeNull() throws Exception {
        BatchTransaction<ActivityEvent> batches = serving(RELEASE).batches;
        change(null);
        batches.apply(List.of(viewed(1, "ann")), 0);
        assertThat(served("ann")).isEqualTo("none");
        change("r3");
        batches.apply(List.of(viewed(2, "ann")), 0);
        assertThat(served("ann")).isEqualTo("r3");
        assertThat(loads).hasValue(2);
    }

    @Test
    void aCurrencyThatNeverStandsIsTrouble() {
        BatchTransaction<ActivityEvent> batches = serving("select clock_timestamp()::text").batches;

        assertThatThrownBy(() -> batches.apply(List.of(viewed(1, "ann")), 0))
                .isInstanceOf(InfrastructureTrouble.class)
                .hasMessageContaining("reference release changed while it was pinned");
        assertThat(loads).hasValue(Patience.MOST_ATTEMPTS);
        assertThat(database.rows("select * from streams.inbox")).isEmpty();
    }

    @Test
    void aCurrencyIsOneRow() {
        BatchTransaction<ActivityEvent> batches = serving(RELEASE).batches;
        database.execute("delete from elsewhere.current_release");

        assertThatThrownBy(() -> batches.apply(List.of(viewed(1, "ann")), 0))
                .isInstanceOf(InfrastructureTrouble.class)
                .hasMessage("the currency of reference release is a query of one row, but gave 0");
    }

    @Test
    void aLockIsTakenForATransaction() throws Exception {
        try (Connection connection = database.owner().getConnection()) {
            assertThatThrownBy(() -> PhaseLocks.alone(connection, NAME, PATIENT))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("begin one");
        }
    }

    private record Serving(BatchTransaction<ActivityEvent> batches, RetryingWaiting retrying) {}

    private Serving serving(String currency) {
        Reference<String> release =
                new Reference<>("release", String.class, Duration.ofHours(1), this::load, currency);
        Source<ActivityEvent> source =
                Source.of(
                        ACTIVITY,
                        (message, touched) -> touched.update(SERVED.at(user(message))),
                        (message, context) -> serve(message, context, release));
        PreparedProcessor prepared =
                new PreparingProcessors(database.pool(4), clock)
                        .prepare(
                                Processor.named(NAME)
                                        .reads(source)
                                        .keeps(SERVED)
                                        .looksUp(release)
                                        .build());
        return new Serving(prepared.batches(source), prepared.retryingWaiting());
    }

    private static Outcome serve(
            Message<ActivityEvent> message, Context context, Reference<String> reference) {
        String release = context.reference(reference);
        if (user(message).startsWith("later-") && !release.equals("later")) {
            return new Outcome.Waiting("not in " + release);
        }
        context.put(SERVED.at(user(message)), new Served(release));
        return Outcome.APPLIED;
    }

    private static String user(Message<ActivityEvent> message) {
        return ((ActivityEvent.Rated) message.event()).user().value();
    }

    private String load(Connection connection) throws SQLException {
        loads.incrementAndGet();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(RELEASE)) {
            String release = rows.next() ? rows.getString(1) : null;
            return release == null ? "none" : release;
        }
    }

    private Delivery viewed(int number, String user) {
        return Deliveries.rated(number, user, "item", start);
    }

    private String served(String user) {
        return database.rows(
                        "select value ->> 'release' from serving.served where key = '" + user + "'")
                .getFirst();
    }

    private static String servedAlone(Connection connection) {
        try {
            PhaseLocks.alone(connection, NAME, PATIENT);
            try (Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery(
                                    "select string_agg(key, ',' order by key) from serving.served")) {
                rows.next();
                return rows.getString(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection transaction() throws SQLException {
        Connection connection = database.owner().getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private void change(@Nullable String release) throws SQLException {
        try (Connection connection = transaction()) {
            release(connection, release);
            connection.commit();
        }
    }

    private static void release(Connection connection, @Nullable String release)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update elsewhere.current_release set release = ?")) {
            update.setString(1, release);
            update.executeUpdate();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long ungranted() {
        return database.number("select count(*) from pg_locks where not granted");
    }
}

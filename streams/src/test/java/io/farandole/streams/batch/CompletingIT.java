package io.farandole.streams.batch;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Rated;
import io.farandole.events.Message;
import io.farandole.streams.Completion;
import io.farandole.streams.Context;
import io.farandole.streams.Processor;
import io.farandole.streams.Reference;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.batch.Counting.Ratings;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is settled batch by batch is made once a key in a new generation, when all was read. */
final class CompletingIT {

    private static final int USERS = 450;
    private static final String MARKS =
            """
            select key, value ->> 'number', value ->> 'note' from counting.items_g%d
            where key like 'of %%' order by key
            """;

    private static final Reference<String> RELEASE =
            new Reference<>(
                    "release",
                    String.class,
                    Duration.ofHours(1),
                    connection -> {
                        try (PreparedStatement select =
                                        connection.prepareStatement(
                                                "select name from now.release");
                                ResultSet row = select.executeQuery()) {
                            row.next();
                            return row.getString(1);
                        }
                    },
                    "select name from now.release");

    private static final Source<ActivityEvent> SOURCE =
            Source.of(
                            ACTIVITY,
                            (message, touched) -> {
                                Counting.declare(message, touched);
                                touched.update(mark(user(message)));
                            },
                            Counting::fold)
                    .settledBy((last, context) -> mark(user(last), context));

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final SettableClock clock = new SettableClock(now);
    private final AtomicInteger made = new AtomicInteger();
    private BatchDatabase database;
    private Rebuild rebuild;

    @BeforeEach
    void prepare() {
        database = BatchDatabase.fresh();
        database.execute("create schema now; create table now.release as select 'r1' as name");
        rebuild = new Rebuild(database, clock, SOURCE.unsettled());
        rebuild.happen(Deliveries.ratings(0, 3 * USERS, USERS, 7, now));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void makesEachKeyOnceWhenAllWasRead() {
        PreparedProcessor built = filled(completed(""));
        assertThat(database.rows(MARKS.formatted(built.generation().id()))).isEmpty();

        assertThat(built.completing().complete(() -> true)).isEqualTo(USERS);

        assertThat(made).hasValue(USERS);
        assertThat(database.rows(MARKS.formatted(built.generation().id())))
                .hasSize(USERS)
                .contains("of u0|3|r1", "of u449|3|r1");
        assertThat(lookedUp(built)).containsEntry("release", now + " r1");
        assertThat(built.completing().complete(() -> true)).isEqualTo(USERS);
        assertThat(database.rows(MARKS.formatted(built.generation().id()))).hasSize(USERS);
    }

    @Test
    void goesByOneStateOfWhatIsLookedUp() {
        PreparedProcessor built = filled(completed("u300"));

        assertThat(built.completing().complete(() -> true)).isEqualTo(USERS);

        assertThat(made.get())
                .as("it was begun anew when there was another release, not at the end")
                .isGreaterThan(USERS)
                .isLessThan(2 * USERS);
        assertThat(database.rows(MARKS.formatted(built.generation().id())))
                .hasSize(USERS)
                .allMatch(row -> row.endsWith("|3|r2"));
        assertThat(lookedUp(built)).containsEntry("release", now + " r2");
    }

    @Test
    void settlesAgainFromThenOn() {
        PreparedProcessor built = filled(completed(""));
        assertThat(built.completing().complete(() -> true)).isEqualTo(USERS);
        rebuild.shadow(built);

        Receipt _ = built.batches(SOURCE).apply(Deliveries.ratings(5_000, 1, 1, 1, now), 1);

        assertThat(database.rows(MARKS.formatted(built.generation().id())))
                .contains("of u0|4|r1", "of u1|3|r1");
    }

    @Test
    void whoComesTooLateWritesNothing() {
        PreparedProcessor built = filled(completed(""));
        assertThat(built.completing().complete(() -> true)).isEqualTo(USERS);
        rebuild.shadow(built);
        database.execute("update now.release set name = 'r2'");

        assertThatThrownBy(() -> built.completing().complete(() -> true))
                .isInstanceOf(InfrastructureTrouble.class)
                .hasMessageContaining("has gone on meanwhile");

        assertThat(database.rows(MARKS.formatted(built.generation().id())))
                .hasSize(USERS)
                .allMatch(row -> row.endsWith("|3|r1"));
        assertThat(lookedUp(built)).containsEntry("release", now + " r1");
    }

    @Test
    void whoIsToEndEndsWithoutANote() {
        PreparedProcessor built = filled(completed(""));

        assertThat(built.completing().complete(() -> made.get() < 200)).isEqualTo(200);

        assertThat(lookedUp(built)).isEmpty();
    }

    @Test
    void saysOfWhomItCannotBeMade() {
        PreparedProcessor built = filled(completed("fails"));

        assertThatThrownBy(() -> built.completing().complete(() -> true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("what completes counting cannot be made for u7: nothing of u7");
    }

    /** One that has read the archive to its end. */
    private PreparedProcessor filled(Processor processor) {
        PreparedProcessor built = rebuild.begin(processor);
        assertThat(
                        rebuild.registered()
                                .move(
                                        built.generation(),
                                        GenerationPhase.CREATED,
                                        GenerationPhase.BACKFILL))
                .isTrue();
        rebuild.backfill(built);
        return built;
    }

    /**
     * @param changing while this user's is made there comes another release
     */
    private Processor completed(String changing) {
        return Counting.describe(SOURCE)
                .looksUp(RELEASE)
                .completedBy(
                        new Completion(
                                Counting.USERS,
                                (user, rows) ->
                                        rows.read(Counting.USERS.at(user)).update(mark(user)),
                                (user, context) -> {
                                    made.incrementAndGet();
                                    if (changing.equals("fails") && user.equals("u7")) {
                                        throw new IllegalArgumentException("nothing of u7");
                                    }
                                    if (user.equals(changing)) {
                                        database.execute("update now.release set name = 'r2'");
                                    }
                                    mark(user, context);
                                }))
                .build();
    }

    private Map<String, String> lookedUp(PreparedProcessor built) {
        return rebuild.registered()
                .find(Counting.NAME, built.generation().number())
                .orElseThrow()
                .made()
                .lookedUp();
    }

    private static void mark(String user, Context context) {
        Ratings all = Objects.requireNonNull(context.get(Counting.USERS.at(user)));
        context.put(mark(user), new Ratings(all.number(), 0, context.reference(RELEASE)));
    }

    private static Row<Ratings> mark(String user) {
        return Counting.ITEMS.at("of " + user);
    }

    private static String user(Message<ActivityEvent> message) {
        return ((Rated) message.event()).user().value();
    }
}

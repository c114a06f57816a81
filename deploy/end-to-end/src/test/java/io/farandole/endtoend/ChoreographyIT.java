package io.farandole.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.events.RunId;
import io.farandole.local.movielens.DataSet;
import io.farandole.orchestrator.runs.Awaited;
import io.farandole.orchestrator.runs.ReadingRuns;
import io.farandole.orchestrator.runs.RunDetails;
import io.farandole.orchestrator.runs.RunState;
import io.farandole.orchestrator.training.RequestingTraining;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Nobody orders the steps: each can be away, and the dance goes on when it is back. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Isolated("its steps have deadlines")
class ChoreographyIT {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> STEPS =
            List.of("dataset", "training", "evaluation", "gate", "deployment");

    /**
     * Short, for each is waited for; a step that is late all the same is stalled until it is done.
     */
    private static final Map<String, String> DEADLINES =
            Map.of(
                    "dataset", "1s",
                    "training", "2s",
                    "evaluation", "1s",
                    "gate", "1s",
                    "deployment", "1s");

    private static final String[] NEVER_AWAY = {"ingestion", "catalogue", "popularity", "profile"};
    private static final int USERS = 60;
    private static final int MOVIES = 60;
    private static final int KINDS = 3;
    private static final int RATINGS_EACH = 10;

    @TempDir private static Path temporary;

    private static Services services;

    @BeforeAll
    static void start() {
        services = new Services(DEADLINES);
        services.start(NEVER_AWAY);
        services.start("personalisation");
        // The archive is one process's alone, and the dataset step reads it.
        services.start("archive");
        services.publish(town("town", ratings()));
        await().atMost(LONG).until(() -> heard("personalisation") == USERS * (1 + RATINGS_EACH));
        await().atMost(LONG).until(() -> heard("archive") == USERS * (1 + RATINGS_EACH));
        services.stop("archive");
    }

    @AfterAll
    static void end() {
        if (services != null) {
            services.close();
        }
    }

    @Test
    @Order(1)
    void aRunIsStalledWhileAStepIsAwayAndGoesOnWhenItIsThere() {
        RunId run = request();

        for (String step : STEPS) {
            await().atMost(LONG).until(() -> isStalledAt(run, step));
            assertThat(releases()).isZero();
            services.start(service(step));
        }

        await().atMost(LONG).until(() -> state(run) == RunState.DONE);
        assertThat(details(run).summary().awaited()).isEmpty();
        assertIsReleased(1);
    }

    @Test
    @Order(2)
    void aStepThatWasStoppedGoesOnWithTheNextRun() {
        String step = "deployment";
        long releases = releases();
        services.stop(service(step));
        RunId run = request();
        await().atMost(LONG).until(() -> isStalledAt(run, step));
        assertThat(releases()).isEqualTo(releases);

        services.start(service(step));

        await().atMost(LONG).until(() -> state(run) == RunState.DONE);
        assertIsReleased(releases + 1);
    }

    private static boolean isStalledAt(RunId run, String step) {
        return state(run) == RunState.STALLED
                && details(run).summary().awaited().stream()
                        .filter(Awaited::overdue)
                        .map(Awaited::step)
                        .toList()
                        .equals(List.of(step));
    }

    private static void assertIsReleased(long releases) {
        assertThat(releases()).isEqualTo(releases);
        assertThat(count("select count(*) from deployment.releases where phase = 'LIVE'"))
                .isEqualTo(1);
        assertThat(
                        count(
                                """
                                select count(*) from personalisation.served
                                where release = (select release from deployment.releases
                                                 where phase = 'LIVE')
                                """))
                .isEqualTo(USERS);
    }

    @Test
    @Order(3)
    void noRunWaitsForPersonalisationWhichCatchesUpWhenItIsBack() {
        services.stop("personalisation");
        services.publish(town("late", List.of(rating(1, 1, START.plusSeconds(9_000_000)))));
        await().atMost(LONG).until(() -> heard("profile") == USERS * (1 + RATINGS_EACH) + 2);

        RunId run = request();
        await().atMost(LONG).until(() -> state(run) == RunState.DONE);
        assertThat(heard("personalisation")).isEqualTo(USERS * (1 + RATINGS_EACH));
        assertThat(cause("1")).doesNotContain("late");

        services.start("personalisation");

        await().atMost(LONG).until(() -> cause("1").contains("late"));
    }

    private static String[] service(String step) {
        return step.equals("dataset") ? new String[] {"archive", step} : new String[] {step};
    }

    /** A model that is another each time, and as good: every movie has more support than that. */
    private static RunId request() {
        return services.orchestrator(RequestingTraining.class)
                .request("operator", List.of("ease:lambda=20,support=" + (1 + releases() % 8)));
    }

    private static RunState state(RunId run) {
        return services.orchestrator(ReadingRuns.class)
                .one(run)
                .map(details -> details.summary().state())
                .orElse(RunState.RUNNING);
    }

    private static RunDetails details(RunId run) {
        return services.orchestrator(ReadingRuns.class).one(run).orElseThrow();
    }

    private static long releases() {
        return count("select count(*) from deployment.releases");
    }

    private static long heard(String processor) {
        return services.database()
                .sql(
                        """
                        select coalesce(sum(l.applied), 0) from streams.ledger l
                        join streams.generation g on g.id = l.generation
                        where g.processor = ? and l.topic = 'activity'
                        """)
                .param(processor)
                .query(Long.class)
                .single();
    }

    private static String cause(String user) {
        return services.database()
                .sql("select list ->> 'causedBy' from personalisation.served where key = ?")
                .param(user)
                .query(String.class)
                .single();
    }

    private static long count(String sql) {
        return services.database().sql(sql).query(Long.class).single();
    }

    private static DataSet town(String name, List<String> ratings) {
        List<String> movies = new ArrayList<>(List.of("movieId,title,genres"));
        for (int movie = 1; movie <= MOVIES; movie++) {
            movies.add(movie + ",Movie " + movie + ",Drama");
        }
        try {
            Path directory = Files.createDirectory(temporary.resolve(name));
            Files.write(directory.resolve("movies.csv"), movies);
            List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
            lines.addAll(ratings);
            Files.write(directory.resolve("ratings.csv"), lines);
            return DataSet.in(directory, Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Three kinds of people, each of whom likes half of one movie in three. */
    private static List<String> ratings() {
        List<String> ratings = new ArrayList<>();
        for (int number = 0; number < RATINGS_EACH; number++) {
            for (int user = 1; user <= USERS; user++) {
                int place = (user / KINDS * 7 + number * 3) % (MOVIES / KINDS);
                ratings.add(
                        rating(
                                user,
                                1 + place * KINDS + user % KINDS,
                                START.plusSeconds(3_600L * (number * USERS + user))));
            }
        }
        return ratings;
    }

    private static String rating(int user, int movie, Instant at) {
        return user + "," + movie + ",5.0," + at.getEpochSecond();
    }
}

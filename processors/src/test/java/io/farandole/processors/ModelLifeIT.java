package io.farandole.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.PubsubMessage;
import io.farandole.events.RunId;
import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.PromotionRequested;
import io.farandole.events.TrainingEvent.RollbackRequested;
import io.farandole.processors.lists.Canary;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A model's life in a small town where there are four kinds of people. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ModelLifeIT {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int KINDS = 4;
    private static final int FILMS = 80;
    private static final int USERS = 80;
    private static final int RATINGS_EACH = 12;

    private static Platform platform;
    private static JdbcClient database;

    @BeforeAll
    static void live() throws Exception {
        platform = new Platform();
        database = platform.owner();
        platform.publish("offers", films());
        platform.publish("interactions", ratings());
        await().atMost(LONG)
                .untilAsserted(
                        () ->
                                assertThat(
                                                number(
                                                        """
                                                        select coalesce(sum(l.applied), 0)
                                                        from streams.ledger l
                                                        join streams.generation g on g.id = l.generation
                                                        where g.processor = 'personalisation'
                                                          and l.topic = 'activity'
                                                        """))
                                        .isEqualTo(USERS * RATINGS_EACH));
    }

    @AfterAll
    static void end() {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    @Order(1)
    void isTrainedJudgedAndReleased() throws Exception {
        // Good enough for a beginning, and plainly worse than what comes next.
        request("first", List.of("item-knn:neighbours=2,shrink=0"));

        await().atMost(LONG).until(() -> phase("first").equals("LIVE"));
        assertThat(number("select count(*) from deployment.serving_set where release = 'r1'"))
                .isEqualTo(1);
        assertThat(number("select count(*) from personalisation.served where release = 'r1'"))
                .isEqualTo(USERS);
        assertThat(number("select count(*) from deployment.similar where release = 'r1'"))
                .isPositive();
        assertThat(number("select count(*) from deployment.staged_lists")).isZero();
        assertThat(
                        database.sql(
                                        """
                                        select entry ->> 'item'
                                        from personalisation.served s,
                                          jsonb_array_elements(s.list -> 'entries')
                                            with ordinality e(entry, place)
                                        where s.key = 'user-1' and place = 1
                                        """)
                                .query(String.class)
                                .list())
                .allSatisfy(item -> assertThat(kindOf(item)).isEqualTo(1));
        assertThat(
                        database.sql(
                                        """
                                        select s.similar from deployment.similar s
                                        where s.release = 'r1' and s.item = 'film-2'
                                        order by s.place limit 3
                                        """)
                                .query(String.class)
                                .list())
                .hasSize(3)
                .doesNotContain("film-2")
                .allSatisfy(item -> assertThat(kindOf(item)).isEqualTo(2));
    }

    @Test
    @Order(2)
    void foldsAnActIntoTheNextList() throws Exception {
        String before = entries("user-1");
        platform.publish(
                "interactions",
                List.of(Town.rated("fresh", "user-1", "film-3", 5, START.plusSeconds(9_000_000))));

        await().atMost(LONG).until(() -> "fresh".equals(causeOf("user-1", "r1")));
        assertThat(entries("user-1")).isNotEqualTo(before).contains("\"because\": [\"film-3\"");
    }

    @Test
    @Order(3)
    void missesNothingThatHappensDuringADeployment() throws Exception {
        try (Connection connection = platform.ownerConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // All histories are read and the lists staged, but the release cannot go on.
            statement.execute("lock table deployment.similar in access exclusive mode");
            request("second", List.of("ease:lambda=20"));
            await().atMost(LONG).until(() -> staged("r2") == USERS);
            platform.publish(
                    "interactions",
                    List.of(
                            Town.rated(
                                    "between",
                                    "user-2",
                                    "film-4",
                                    5,
                                    START.plusSeconds(9_100_000))));
            platform.publish(
                    "users",
                    List.of(
                            Platform.message(
                                    "users",
                                    "erased",
                                    "erasure",
                                    Instant.now(),
                                    "user:user-5",
                                    "{\"user\":\"user-5\"}")));
            await().atMost(LONG).until(() -> "between".equals(causeOf("user-2", "r2")));
            await().atMost(LONG).until(() -> lists("user-5") == 0);
            assertThat(phase("second")).isEqualTo("LOADING");
            connection.commit();
        }

        await().atMost(LONG).until(() -> phase("second").equals("CANARY"));
        assertThat(causeOf("user-2", "r2")).isEqualTo("between");
        assertThat(causeOf("user-3", "r2")).isEqualTo("rating-3-11");
        assertThat(lists("user-5")).as("lists of an erased user").isZero();
    }

    @Test
    @Order(4)
    void isServedToTheSameShareOfTheUsersUntilItIsPromoted() throws Exception {
        Canary canary = new Canary("r2", 10);
        List<String> tried =
                IntStream.range(0, USERS)
                        .mapToObj(user -> "user-" + user)
                        .filter(user -> !user.equals("user-5"))
                        .filter(canary::isTriedOn)
                        .sorted()
                        .toList();
        assertThat(tried).hasSizeBetween(1, USERS / 4);
        assertThat(servedBy("r2")).isEqualTo(tried);
        assertThat(servedBy("r1")).hasSize(USERS - 1 - tried.size());

        // A third cannot be judged beside it, and so is not released.
        request("third", List.of("ease:lambda=30"));
        await().atMost(LONG).until(() -> said("failed", "third").contains("r2 is tried on 10 %"));

        UUID asked = ask(new PromotionRequested(new RunId("second"), "r2", "ann", "it is good"));
        await().atMost(LONG).until(() -> phase("second").equals("LIVE"));
        await().atMost(LONG).until(() -> !said("promoted", "second").isEmpty());
        assertThat(phase("first")).isEqualTo("RETIRED");
        assertThat(servedBy("r2")).hasSize(USERS - 1);
        assertThat(
                        database.sql(
                                        """
                                        select outcome || ' ' || other || ' ' || asked_by || ' '
                                               || array_to_string(reasons, '|')
                                        from deployment.switches where command = ?
                                        """)
                                .param(asked.toString())
                                .query(String.class)
                                .single())
                .isEqualTo("PROMOTED r1 ann it is good");
    }

    @Test
    @Order(5)
    void isGoneBackFromAndComesAgain() throws Exception {
        ask(new RollbackRequested(new RunId("second"), "r2", "ann", "it is not"));

        await().atMost(LONG).until(() -> phase("first").equals("LIVE"));
        assertThat(phase("second")).isEqualTo("ROLLED_BACK");
        assertThat(servedBy("r1")).hasSize(USERS - 1);
        // What happened while it was not served is in its lists.
        assertThat(causeOf("user-2", "r1")).isEqualTo("between");

        UUID none = ask(new RollbackRequested(new RunId("first"), "r1", "ann", "nor is that"));
        await().atMost(LONG).until(() -> outcome(none).equals("REFUSED"));
        await().atMost(LONG)
                .until(
                        () ->
                                said("switchRefused", "first")
                                        .contains("there is no release to go back to"));
        assertThat(phase("first")).isEqualTo("LIVE");

        ask(new PromotionRequested(new RunId("second"), "r2", "ann", "it was good after all"));
        await().atMost(LONG).until(() -> phase("second").equals("LIVE"));
        assertThat(phase("first")).isEqualTo("RETIRED");
        assertThat(servedBy("r2")).hasSize(USERS - 1);
    }

    @Test
    @Order(6)
    void isRejectedWhenItIsWorseAndWhatWasServedGoesOn() throws Exception {
        request("worse", List.of("popularity"));

        await().atMost(LONG)
                .until(
                        () ->
                                number(
                                                "select count(*) from streams.outbox where"
                                                        + " convert_from(payload, 'UTF8') like"
                                                        + " '{\"rejected\"%'")
                                        == 1);
        String said =
                database.sql(
                                "select convert_from(payload, 'UTF8') from streams.outbox where"
                                        + " convert_from(payload, 'UTF8') like '{\"rejected\"%'")
                        .query(String.class)
                        .single();
        assertThat(said)
                .contains("better than popularity: NO.")
                .contains("not worse than what is served: NO.");
        assertThat(phase("second")).isEqualTo("LIVE");
        assertThat(number("select count(*) from deployment.releases")).isEqualTo(2);
    }

    @Test
    @Order(7)
    void failsWithAReasonWhenACandidateIsNone() throws Exception {
        request("nonsense", List.of("oracle:wisdom=1"));

        await().atMost(LONG)
                .until(
                        () ->
                                number(
                                                "select count(*) from streams.outbox where"
                                                        + " convert_from(payload, 'UTF8') like"
                                                        + " '{\"failed\"%oracle%is no model%'")
                                        == 1);
    }

    private static void request(String run, List<String> candidates) throws Exception {
        ask(new TrainingEvent.Requested(new RunId(run), "operator", candidates));
    }

    private static UUID ask(TrainingEvent requested) throws Exception {
        return platform.ask(requested);
    }

    private static List<String> servedBy(String release) {
        return database
                .sql("select key from personalisation.served where release = ? order by key")
                .param(release)
                .query(String.class)
                .stream()
                .map(String::valueOf)
                .toList();
    }

    private static String outcome(UUID command) {
        return database.sql("select outcome from deployment.switches where command = ?")
                .param(command.toString())
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** What was said of this kind in a run; nothing if that was not yet. */
    private static String said(String kind, String run) {
        return database
                .sql(
                        """
                                select said from (
                                  select convert_from(payload, 'UTF8') as said from streams.outbox
                                  where topic = 'training'
                                ) o
                                where said like '{"' || ? || '"%' and said like '%"' || ? || '"%'
                                """)
                .params(kind, run)
                .query(String.class)
                .list()
                .stream()
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    private static List<PubsubMessage> films() {
        List<PubsubMessage> messages = new ArrayList<>();
        for (int film = 0; film < FILMS; film++) {
            messages.add(Town.film("film-" + film, START, List.of("Film")));
        }
        return messages;
    }

    /**
     * Each kind of people likes one film in four, each of them a different twelve of the twenty.
     */
    private static List<PubsubMessage> ratings() {
        List<PubsubMessage> messages = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            for (int number = 0; number < RATINGS_EACH; number++) {
                int place = (user / KINDS * 7 + number * 3) % (FILMS / KINDS);
                int film = place * KINDS + user % KINDS;
                messages.add(
                        Town.rated(
                                "rating-" + user + "-" + number,
                                "user-" + user,
                                "film-" + film,
                                5,
                                START.plusSeconds(3_600L * (number * USERS + user))));
            }
        }
        return messages;
    }

    private static int kindOf(String film) {
        return Integer.parseInt(film.substring("film-".length())) % KINDS;
    }

    private static String phase(String run) {
        return database.sql("select phase from deployment.releases where run = ?")
                .param(run)
                .query(String.class)
                .optional()
                .orElse("none");
    }

    private static String causeOf(String user, String release) {
        return database.sql(
                        """
                        select value -> 'lists' -> ? -> 'causedBy' ->> 'id'
                        from personalisation.lists where key = ?
                        """)
                .params(release, user)
                .query(String.class)
                .optional()
                .orElse("");
    }

    private static long lists(String user) {
        return database.sql("select count(*) from personalisation.lists where key = ?")
                .param(user)
                .query(Long.class)
                .single();
    }

    private static String entries(String user) {
        return database.sql("select list ->> 'entries' from personalisation.served where key = ?")
                .param(user)
                .query(String.class)
                .single();
    }

    private static long staged(String release) {
        return database.sql("select count(*) from deployment.staged_lists where release = ?")
                .param(release)
                .query(Long.class)
                .single();
    }

    private static long number(String sql) {
        return database.sql(sql).query(Long.class).single();
    }
}

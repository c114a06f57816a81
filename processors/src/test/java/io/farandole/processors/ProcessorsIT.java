package io.farandole.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.PubsubMessage;
import io.farandole.events.TopicCatalogue;
import io.farandole.streams.Processor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A small town from end to end: what is published at one end is in the lists at the other. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProcessorsIT {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int FILMS = 60;
    private static final int USERS = 10;
    private static final int RATINGS = 400;
    private static final List<String> CATEGORIES =
            List.of("Comedy", "Drama", "Horror", "Jazz", "Western");

    private static Platform platform;
    private static JdbcClient database;
    private static List<PubsubMessage> films;
    private static List<PubsubMessage> users;
    private static List<PubsubMessage> ratings;

    @BeforeAll
    static void live() throws Exception {
        platform = new Platform();
        database = platform.owner();
        films = films();
        users = users();
        ratings = ratings(new Random(1));
        publishAll();
        awaitApplied("personalisation", "activity", USERS + RATINGS);
        awaitApplied("popularity", "activity", USERS + RATINGS);
        awaitApplied("profile", "activity", USERS + RATINGS);
        awaitApplied("catalogue", "catalogue", FILMS);
    }

    @AfterAll
    static void end() {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    @Order(1)
    void areDescribedAsTheyRun() {
        assertThat(Descriptions.all())
                .extracting(Processor::name)
                .containsExactlyInAnyOrderElementsOf(
                        // The archive keeps its accounts there too, and is no processor.
                        database.sql(
                                        "select processor from streams.generation where processor <> ?")
                                .param(TopicCatalogue.ARCHIVE)
                                .query(String.class)
                                .list());
    }

    @Test
    @Order(1)
    void keepsAllThatWasPublished() {
        assertThat(number("select count(*) from catalogue.items")).isEqualTo(FILMS);
        assertThat(number("select count(*) from profile.items")).isEqualTo(RATINGS);
        assertThat(number("select count(*) from profile.users")).isEqualTo(USERS);
        assertThat(number("select count(*) from personalisation.lists")).isEqualTo(USERS);
        assertThat(number("select count(*) from streams.dead_letter where status = 'OPEN'"))
                .isZero();
        assertThat(
                        platform.reader()
                                .sql("select sum(ratings) from popularity.scores")
                                .query(Long.class)
                                .single())
                .isEqualTo(RATINGS);
    }

    @Test
    @Order(2)
    void weighsActsByTheirWindowSeenFromTheWatermark() {
        // Two windows: the older one's acts count a 26th of a halving less.
        assertThat(number("select count(distinct value ->> 'window') from popularity.windows"))
                .isEqualTo(2);
        assertThat(number("select count(*) from popularity.scores where score > 0")).isPositive();
        assertThat(
                        platform.reader()
                                .sql(
                                        """
                                        select s.item from popularity.scores s
                                        where s.score <> (
                                          select greatest(0, sum((w.value ->> 'positive')::bigint
                                            * round(1e12 * power(0.5::float8,
                                                (:now - (w.value ->> 'window')::int) / 26.0
                                              ))::bigint))
                                          from popularity.windows w
                                          where w.value ->> 'item' = s.item)
                                        """)
                                .param("now", windowOf(START.plusSeconds(RATINGS * 3_600L)))
                                .query(String.class)
                                .list())
                .isEmpty();
    }

    @Test
    @Order(3)
    void changesNothingWhenAllIsPublishedAgain() throws Exception {
        String before = hash();
        publishAll();

        await().atMost(LONG)
                .untilAsserted(
                        () -> {
                            assertThat(ledger("ingestion", "interactions", "duplicate"))
                                    .isEqualTo(RATINGS);
                            assertThat(ledger("ingestion", "offers", "duplicate")).isEqualTo(FILMS);
                            assertThat(ledger("ingestion", "users", "duplicate")).isEqualTo(USERS);
                        });
        assertThat(hash()).isEqualTo(before);
    }

    @Test
    @Order(4)
    void rewritesTheListOfWhoeverRatesAndNamesTheCause() throws Exception {
        Map<String, Double> before = scores("user-3");
        String film = before.keySet().iterator().next();

        publish(
                "interactions",
                Town.rated("fresh-1", "user-3", film, 5, START.plusSeconds(9_000_000)));

        await().atMost(LONG)
                .until(() -> causeOf("user-3").equals(List.of(Platform.SOURCE, "fresh-1")));
        Map<String, Double> after = scores("user-3");
        assertThat(after).doesNotContainKey(film);
        assertThat(after.entrySet())
                .as("scores of other items")
                .anySatisfy(
                        entry ->
                                assertThat(before.get(entry.getKey()))
                                        .isNotNull()
                                        .isNotEqualTo(entry.getValue()));
    }

    @Test
    @Order(5)
    void givesAUserWhoIsNewWhatIsPopular() {
        AtomicInteger newcomers = new AtomicInteger();

        // The catalogue that a list is made from may be two seconds old: the next newcomer sees
        // all.
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> {
                            String newcomer = "newcomer-" + newcomers.getAndIncrement();
                            publish("users", Town.registered(newcomer, START));
                            await().atMost(LONG).until(() -> !causeOf(newcomer).isEmpty());
                            return scores(newcomer).size() == FILMS;
                        });
    }

    @Test
    @Order(6)
    void appliesWhatWaitedForItsOffer() throws Exception {
        publish(
                "interactions",
                Town.rated("early", "user-4", "film-late", 5, START.plusSeconds(1)));
        await().atMost(LONG).until(() -> ledger("ingestion", "interactions", "waiting") == 1);
        assertThat(
                        database.sql(
                                        "select reason from streams.dead_letter"
                                                + " where cause = 'WAITING' and status = 'OPEN'")
                                .query(String.class)
                                .list())
                .containsExactly("offer film-late is not known yet");

        publish("offers", Town.film("film-late", START, List.of("Jazz")));

        await().atMost(LONG)
                .until(() -> causeOf("user-4").equals(List.of(Platform.SOURCE, "early")));
        assertThat(ledger("ingestion", "interactions", "waiting")).isZero();
    }

    @Test
    @Order(7)
    void rejectsWhatHappenedInTheFuture() throws Exception {
        publish(
                "interactions",
                Town.rated("future", "user-5", "film-1", 5, Instant.now().plusSeconds(3_600)));

        await().atMost(LONG).until(() -> ledger("ingestion", "interactions", "rejected") == 1);
        assertThat(
                        database.sql(
                                        "select place from streams.dead_letter where cause = 'REJECTED'")
                                .query(String.class)
                                .list())
                .containsExactly("attribute ce-time");
    }

    @Test
    @Order(8)
    void forgetsAnErasedUser() throws Exception {
        publish(
                "users",
                Platform.message(
                        "users",
                        "erased",
                        "erasure",
                        Instant.now(),
                        "user:user-6",
                        "{\"user\":\"user-6\"}"));

        await().atMost(LONG)
                .untilAsserted(
                        () -> {
                            assertThat(rows("profile.items", "user-6|%")).isZero();
                            assertThat(rows("personalisation.lists", "user-6")).isZero();
                        });
        assertThat(rows("profile.items", "user-7|%")).isPositive();
        publish(
                "interactions",
                Town.rated("too-late", "user-6", "film-1", 5, START.plusSeconds(1)));
        publish("interactions", Town.rated("fence", "user-7", "film-2", 5, START.plusSeconds(1)));
        await().atMost(LONG)
                .until(
                        () ->
                                ledger("ingestion", "interactions", "applied")
                                        == ledger("profile", "activity", "applied")
                                                - ledger("ingestion", "users", "applied"));
        assertThat(rows("profile.items", "user-6|%")).isZero();
    }

    @Test
    @Order(9)
    void balancesToTheEvent() {
        assertThat(
                        database.sql(
                                        """
                                        select count(*) from streams.ledger
                                        where delivered <> applied + duplicate + late + rejected
                                          + dead_lettered + waiting
                                        """)
                                .query(Long.class)
                                .single())
                .isZero();
    }

    private static void publishAll() throws Exception {
        platform.publish("offers", films);
        platform.publish("users", users);
        platform.publish("interactions", ratings);
    }

    private static void publish(String topic, PubsubMessage message)
            throws IOException, ExecutionException, InterruptedException {
        platform.publish(topic, List.of(message));
    }

    private static List<PubsubMessage> films() {
        List<PubsubMessage> messages = new ArrayList<>();
        for (int i = 0; i < FILMS; i++) {
            messages.add(
                    Town.film(
                            "film-" + i,
                            START,
                            List.of(CATEGORIES.get(i % 5), CATEGORIES.get((i / 5 + 1) % 5))));
        }
        return messages;
    }

    private static List<PubsubMessage> users() {
        List<PubsubMessage> messages = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            messages.add(Town.registered("user-" + i, START));
        }
        return messages;
    }

    // Every user rates 40 different films, an hour after the one before.
    private static List<PubsubMessage> ratings(Random random) {
        List<PubsubMessage> messages = new ArrayList<>();
        for (int i = 0; i < RATINGS; i++) {
            int user = i % USERS;
            int film = (i / USERS + user * 7) % FILMS;
            messages.add(
                    Town.rated(
                            "rating-" + i,
                            "user-" + user,
                            "film-" + film,
                            (1 + random.nextInt(10)) / 2.0,
                            START.plusSeconds((i + 1) * 3_600L)));
        }
        return messages;
    }

    private static void awaitApplied(String processor, String topic, long events) {
        await().atMost(LONG)
                .untilAsserted(
                        () ->
                                assertThat(ledger(processor, topic, "applied"))
                                        .as("applied by %s from %s", processor, topic)
                                        .isEqualTo(events));
    }

    /** A column's name is a constant of this test. */
    private static long ledger(String processor, String topic, String column) {
        return database.sql(
                        "select coalesce(sum(l."
                                + column
                                + "), 0) from streams.ledger l join streams.generation g"
                                + " on g.id = l.generation"
                                + " where g.processor = ? and l.topic = ?")
                .param(processor)
                .param(topic)
                .query(Long.class)
                .single();
    }

    private static long rows(String store, String keys) {
        return database.sql("select count(*) from " + store + " where key like ?")
                .param(keys)
                .query(Long.class)
                .single();
    }

    private static long number(String sql) {
        return database.sql(sql).query(Long.class).single();
    }

    private static List<String> causeOf(String user) {
        return database
                .sql(
                        """
                        select list -> 'causedBy' ->> 'source' as source,
                               list -> 'causedBy' ->> 'id' as id
                        from personalisation.served where key = ?
                        """)
                .param(user)
                .query((row, _) -> List.of(row.getString("source"), row.getString("id")))
                .list()
                .stream()
                .findFirst()
                .orElse(List.of());
    }

    private static Map<String, Double> scores(String user) {
        Map<String, Double> scores = new HashMap<>();
        database.sql(
                        """
                        select entry ->> 'item' as item, (entry ->> 'score')::float8 as score
                        from personalisation.served l, jsonb_array_elements(l.list -> 'entries') entry
                        where l.key = ?
                        """)
                .param(user)
                .query(
                        row -> {
                            scores.put(row.getString("item"), row.getDouble("score"));
                        });
        return scores;
    }

    private static String hash() {
        return database.sql(
                        """
                        select md5(string_agg(row, ',' order by row)) from (
                          select key || value::text as row from ingestion.offers
                          union all select key || value::text from catalogue.items
                          union all select key || value::text from catalogue.offers
                          union all select key || value::text from popularity.windows
                          union all select key || value::text from profile.items
                          union all select key || value::text from profile.users
                          union all select key || value::text from personalisation.histories
                          union all select key || value::text from personalisation.lists) rows
                        """)
                .query(String.class)
                .single();
    }

    private static long windowOf(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), 28 * 86_400L);
    }
}

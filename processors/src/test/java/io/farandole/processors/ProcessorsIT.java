package io.farandole.processors;

import static io.farandole.processors.LivingTown.FILMS;
import static io.farandole.processors.LivingTown.LONG;
import static io.farandole.processors.LivingTown.RATINGS;
import static io.farandole.processors.LivingTown.START;
import static io.farandole.processors.LivingTown.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.events.TopicCatalogue;
import io.farandole.streams.Processor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    private static LivingTown town;
    private static JdbcClient database;

    @BeforeAll
    static void live() throws Exception {
        town = LivingTown.settled();
        database = town.database();
    }

    @AfterAll
    static void end() {
        if (town != null) {
            town.close();
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
        assertThat(town.number("select count(*) from catalogue.items")).isEqualTo(FILMS);
        assertThat(town.number("select count(*) from profile.items")).isEqualTo(RATINGS);
        assertThat(town.number("select count(*) from profile.users")).isEqualTo(USERS);
        assertThat(town.number("select count(*) from personalisation.lists")).isEqualTo(USERS);
        assertThat(town.number("select count(*) from streams.dead_letter where status = 'OPEN'"))
                .isZero();
        assertThat(
                        town.reader()
                                .sql("select sum(ratings) from popularity.scores")
                                .query(Long.class)
                                .single())
                .isEqualTo(RATINGS);
    }

    @Test
    @Order(2)
    void weighsActsByTheirWindowSeenFromTheWatermark() {
        // Two windows: the older one's acts count a 26th of a halving less.
        assertThat(town.number("select count(distinct value ->> 'window') from popularity.windows"))
                .isEqualTo(2);
        assertThat(town.number("select count(*) from popularity.scores where score > 0"))
                .isPositive();
        assertThat(
                        town.reader()
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
        String before = town.hash();
        town.publishAll();

        await().atMost(LONG)
                .untilAsserted(
                        () -> {
                            assertThat(town.ledger("ingestion", "interactions", "duplicate"))
                                    .isEqualTo(RATINGS);
                            assertThat(town.ledger("ingestion", "offers", "duplicate"))
                                    .isEqualTo(FILMS);
                            assertThat(town.ledger("ingestion", "users", "duplicate"))
                                    .isEqualTo(USERS);
                        });
        assertThat(town.hash()).isEqualTo(before);
    }

    @Test
    @Order(4)
    void rewritesTheListOfWhoeverRatesAndNamesTheCause() throws Exception {
        Map<String, Double> before = town.scores("user-3");
        String film = before.keySet().iterator().next();

        town.publish(
                "interactions",
                Town.rated("fresh-1", "user-3", film, 5, START.plusSeconds(9_000_000)));

        await().atMost(LONG)
                .until(() -> town.causeOf("user-3").equals(List.of(Platform.SOURCE, "fresh-1")));
        Map<String, Double> after = town.scores("user-3");
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
                            town.publish("users", Town.registered(newcomer, START));
                            await().atMost(LONG).until(() -> !town.causeOf(newcomer).isEmpty());
                            return town.scores(newcomer).size() == FILMS;
                        });
    }

    @Test
    @Order(6)
    void appliesWhatWaitedForItsOffer() throws Exception {
        town.publish(
                "interactions",
                Town.rated("early", "user-4", "film-late", 5, START.plusSeconds(1)));
        await().atMost(LONG).until(() -> town.ledger("ingestion", "interactions", "waiting") == 1);
        assertThat(
                        database.sql(
                                        "select reason from streams.dead_letter"
                                                + " where cause = 'WAITING' and status = 'OPEN'")
                                .query(String.class)
                                .list())
                .containsExactly("offer film-late is not known yet");

        town.publish("offers", Town.film("film-late", START, List.of("Jazz")));

        await().atMost(LONG)
                .until(() -> town.causeOf("user-4").equals(List.of(Platform.SOURCE, "early")));
        assertThat(town.ledger("ingestion", "interactions", "waiting")).isZero();
    }

    @Test
    @Order(7)
    void rejectsWhatHappenedInTheFuture() throws Exception {
        town.publish(
                "interactions",
                Town.rated("future", "user-5", "film-1", 5, Instant.now().plusSeconds(3_600)));

        await().atMost(LONG).until(() -> town.ledger("ingestion", "interactions", "rejected") == 1);
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
        town.publish(
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
                            assertThat(town.rows("profile.items", "user-6|%")).isZero();
                            assertThat(town.rows("personalisation.lists", "user-6")).isZero();
                        });
        assertThat(town.rows("profile.items", "user-7|%")).isPositive();
        town.publish(
                "interactions",
                Town.rated("too-late", "user-6", "film-1", 5, START.plusSeconds(1)));
        town.publish(
                "interactions", Town.rated("fence", "user-7", "film-2", 5, START.plusSeconds(1)));
        await().atMost(LONG)
                .until(
                        () ->
                                town.ledger("ingestion", "interactions", "applied")
                                        == town.ledger("profile", "activity", "applied")
                                                - town.ledger("ingestion", "users", "applied"));
        assertThat(town.rows("profile.items", "user-6|%")).isZero();
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

    private static long windowOf(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), 28 * 86_400L);
    }
}

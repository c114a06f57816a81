package io.farandole.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.PubsubMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A small town on a platform of its own: films, users, ratings, and what became of them. */
final class LivingTown implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(90);
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final int FILMS = 60;
    static final int USERS = 10;
    static final int RATINGS = 400;

    private static final List<String> CATEGORIES =
            List.of("Comedy", "Drama", "Horror", "Jazz", "Western");

    private final Platform platform;
    private final JdbcClient database;
    private final List<PubsubMessage> films = films();
    private final List<PubsubMessage> users = users();
    private final List<PubsubMessage> ratings = ratings(new Random(1));

    private LivingTown() throws IOException {
        platform = new Platform();
        database = platform.owner();
    }

    /** All was published, and applied by everybody. */
    static LivingTown settled() throws Exception {
        LivingTown town = new LivingTown();
        try {
            town.publishAll();
            town.awaitApplied("personalisation", "activity", USERS + RATINGS);
            town.awaitApplied("popularity", "activity", USERS + RATINGS);
            town.awaitApplied("profile", "activity", USERS + RATINGS);
            town.awaitApplied("catalogue", "catalogue", FILMS);
            return town;
        } catch (Throwable e) {
            town.close();
            throw e;
        }
    }

    JdbcClient database() {
        return database;
    }

    /** As those read who may only read. */
    JdbcClient reader() {
        return platform.reader();
    }

    @Override
    public void close() {
        platform.close();
    }

    void publishAll() throws Exception {
        platform.publish("offers", films);
        platform.publish("users", users);
        platform.publish("interactions", ratings);
    }

    void publish(String topic, PubsubMessage message)
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

    void awaitApplied(String processor, String topic, long events) {
        await().atMost(LONG)
                .untilAsserted(
                        () ->
                                assertThat(ledger(processor, topic, "applied"))
                                        .as("applied by %s from %s", processor, topic)
                                        .isEqualTo(events));
    }

    /** A column's name is a constant of this test. */
    long ledger(String processor, String topic, String column) {
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

    long rows(String store, String keys) {
        return database.sql("select count(*) from " + store + " where key like ?")
                .param(keys)
                .query(Long.class)
                .single();
    }

    long number(String sql) {
        return database.sql(sql).query(Long.class).single();
    }

    List<String> causeOf(String user) {
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

    Map<String, Double> scores(String user) {
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

    String hash() {
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
}

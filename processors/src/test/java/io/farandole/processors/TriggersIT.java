package io.farandole.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import io.farandole.events.ActivityEvent;
import io.farandole.events.Cause;
import io.farandole.events.Encoded;
import io.farandole.events.Envelope;
import io.farandole.events.Event;
import io.farandole.events.EventCodec;
import io.farandole.events.EventId;
import io.farandole.events.Identity;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.OfferId;
import io.farandole.events.RunId;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import io.farandole.events.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The triggers in Postgres, with the settings that they have where none are given. */
class TriggersIT {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int ENOUGH = 10_000;
    private static final int USERS = 500;
    private static final String PRODUCER = "//farandole/test";

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @Test
    void askOnceWhenEnoughIsNewHoweverOftenItIsDelivered() throws Exception {
        try (Platform platform = new Platform(List.of("triggers"))) {
            JdbcClient database = platform.owner();
            Instant asked = now.minus(Duration.ofHours(8));
            RunId run = new RunId("first");
            platform.publish(
                    "training",
                    List.of(
                            message(
                                    TopicCatalogue.TRAINING,
                                    new TrainingEvent.Requested(run, "operator", List.of()),
                                    0,
                                    asked),
                            message(
                                    TopicCatalogue.TRAINING,
                                    new TrainingEvent.DatasetReady(
                                            run, "d", "f", 1, 1, 1, 1, List.of("ease")),
                                    1,
                                    asked.plusSeconds(10))));
            // What the data set has does not count.
            platform.publish("activity", acts(0, 500, asked.minus(Duration.ofHours(1))));
            Instant recently = now.minus(Duration.ofHours(1));
            List<PubsubMessage> news = acts(500, 500 + ENOUGH - 1, recently);
            platform.publish("activity", news);
            platform.publish("activity", news);
            await().atMost(LONG)
                    .untilAsserted(
                            () -> {
                                assertThat(applied(database)).isEqualTo(500 + ENOUGH - 1);
                                assertThat(dueTimers(database)).isZero();
                            });
            assertThat(requests(database)).isEmpty();

            platform.publish(
                    "activity", acts(500 + ENOUGH - 1, 500 + ENOUGH, recently.plusSeconds(600)));
            await().atMost(LONG).until(() -> !requests(database).isEmpty());

            platform.publish(
                    "activity",
                    acts(500 + ENOUGH, 600 + ENOUGH, recently.plus(Duration.ofMinutes(30))));
            await().atMost(LONG)
                    .untilAsserted(
                            () -> {
                                assertThat(applied(database)).isEqualTo(600 + ENOUGH);
                                assertThat(dueTimers(database)).isZero();
                            });
            assertThat(requests(database))
                    .singleElement()
                    .asString()
                    .contains(
                            "\"by\":\"new-interactions\"",
                            "10,000 new interactions since the data set of first; 10,000 are"
                                    + " enough");
        }
    }

    private List<PubsubMessage> acts(int from, int to, Instant recorded) {
        return IntStream.range(from, to)
                .mapToObj(
                        number ->
                                message(
                                        TopicCatalogue.ACTIVITY,
                                        new ActivityEvent.Rated(
                                                new UserId("user-" + number % USERS),
                                                new ItemId("film-" + number % 80),
                                                new OfferId("film-" + number % 80),
                                                4),
                                        number,
                                        recorded))
                .toList();
    }

    /** As a processor has said it then. */
    private static <E extends Event> PubsubMessage message(
            Topic<E> topic, E event, int number, Instant recorded) {
        Cause cause = new Cause(PRODUCER, topic.name() + "-" + number);
        Encoded encoded =
                new EventCodec()
                        .encode(
                                new Message<>(
                                        new Envelope(
                                                EventId.ingested(
                                                                recorded,
                                                                topic,
                                                                Identity.of(
                                                                        cause.source(), cause.id()),
                                                                0)
                                                        .toString(),
                                                PRODUCER,
                                                topic.typeOf(event),
                                                topic.subjectOf(event),
                                                recorded,
                                                recorded,
                                                null,
                                                null,
                                                cause,
                                                topic.sequenced() ? (long) number + 1 : null,
                                                null),
                                        event),
                                topic);
        return PubsubMessage.newBuilder()
                .setData(ByteString.copyFrom(encoded.data()))
                .putAllAttributes(encoded.attributes())
                .setOrderingKey(encoded.orderingKey())
                .build();
    }

    private static long applied(JdbcClient database) {
        return database.sql(
                        "select coalesce(sum(applied), 0) from streams.ledger where topic ="
                                + " 'activity'")
                .query(Long.class)
                .single();
    }

    private static long dueTimers(JdbcClient database) {
        return database.sql("select count(*) from streams.timer where name = 'look'")
                .query(Long.class)
                .single();
    }

    private static List<String> requests(JdbcClient database) {
        return database
                .sql("select convert_from(payload, 'UTF8') from streams.outbox")
                .query(String.class)
                .stream()
                .map(String::valueOf)
                .toList();
    }
}

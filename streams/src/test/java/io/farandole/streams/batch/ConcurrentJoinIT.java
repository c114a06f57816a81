package io.farandole.streams.batch;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.IMPRESSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Viewed;
import io.farandole.events.Event;
import io.farandole.events.EventId;
import io.farandole.events.Identity;
import io.farandole.events.ImpressionEvent;
import io.farandole.events.ImpressionEvent.PlaylistServed;
import io.farandole.events.ItemId;
import io.farandole.events.OfferId;
import io.farandole.events.Topic;
import io.farandole.events.UserId;
import io.farandole.streams.Delivery;
import io.farandole.streams.Source;
import io.farandole.streams.joins.Meetings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two streams meet while both are heard by several workers. */
final class ConcurrentJoinIT {

    private static final int EVENTS = 400;
    private static final int USERS = 12;
    private static final int WORKERS = 4;

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS);
    private final List<String> expected = new ArrayList<>();

    private interface Applying {
        void apply(int worker);
    }

    @Test
    void everyPairIsJoinedOnce() throws Exception {
        try (BatchDatabase database = BatchDatabase.fresh()) {
            Meetings meetings = new Meetings(Duration.ofDays(1));
            Source<ImpressionEvent> served = meetings.served();
            Source<ActivityEvent> viewed = meetings.viewed();
            PreparedProcessor prepared =
                    new PreparingProcessors(database.pool(WORKERS), Clock.systemUTC())
                            .prepare(meetings.processor(served, viewed));

            apply(batches(prepared.batches(served), prepared.batches(viewed), new Random(3)));

            assertThat(expected).hasSizeGreaterThan(EVENTS);
            assertThat(
                            database.rows(
                                    """
                                    select b ->> 'user', b ->> 'release', b #>> '{top,0}' from (
                                      select convert_from(payload, 'UTF8')::jsonb
                                        -> 'listRefreshed' b from streams.outbox) said
                                    """))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /** Both streams in batches of ten, mixed. */
    private List<Applying> batches(
            BatchTransaction<ImpressionEvent> lists,
            BatchTransaction<ActivityEvent> views,
            Random random) {
        List<Applying> batches = new ArrayList<>();
        int[] users = random.ints(2 * EVENTS, 0, USERS).toArray();
        int[] minutes = random.ints(2 * EVENTS, 0, 300).toArray();
        List<Delivery> served = new ArrayList<>();
        List<Delivery> viewed = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            UserId user = new UserId("u" + users[i]);
            served.add(
                    delivery(
                            IMPRESSIONS,
                            new PlaylistServed(user, List.of(), "l" + i, "model", null, null, null),
                            minutes[i]));
            UserId other = new UserId("u" + users[EVENTS + i]);
            viewed.add(
                    delivery(
                            ACTIVITY,
                            new Viewed(other, new ItemId("v" + i), new OfferId("o")),
                            minutes[EVENTS + i]));
        }
        for (int i = 0; i < EVENTS; i++) {
            for (int j = EVENTS; j < 2 * EVENTS; j++) {
                if (users[i] == users[j] && Math.abs(minutes[i] - minutes[j]) <= 30) {
                    expected.add("u" + users[i] + "|l" + i + "|v" + (j - EVENTS));
                }
            }
        }
        for (int from = 0; from < EVENTS; from += 10) {
            List<Delivery> someLists = served.subList(from, from + 10);
            List<Delivery> someViews = viewed.subList(from, from + 10);
            batches.add(worker -> lists.apply(someLists, worker));
            batches.add(worker -> views.apply(someViews, worker));
        }
        Collections.shuffle(batches, random);
        return batches;
    }

    private static void apply(List<Applying> batches) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(WORKERS)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int worker = 0; worker < WORKERS; worker++) {
                int number = worker;
                workers.add(
                        threads.submit(
                                () -> {
                                    for (int i = number; i < batches.size(); i += WORKERS) {
                                        batches.get(i).apply(number);
                                    }
                                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        }
    }

    private <E extends Event> Delivery delivery(Topic<E> topic, E event, int minute) {
        String id =
                EventId.ingested(start, topic, Identity.of("tests", event.toString()), 0)
                        .toString();
        Delivery made =
                Deliveries.delivery(
                        topic,
                        id,
                        "farandole/tests",
                        event,
                        start.minus(Duration.ofMinutes(300 - minute)));
        return new Delivery(
                made.messageId(), made.orderingKey(), made.attributes(), made.data(), start);
    }
}

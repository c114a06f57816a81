package io.farandole.streams.running;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.RECOMMENDATIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Viewed;
import io.farandole.events.Message;
import io.farandole.events.RecommendationEvent.ListRefreshed;
import io.farandole.events.UserId;
import io.farandole.streams.Context;
import io.farandole.streams.FinalResults;
import io.farandole.streams.LatePolicy;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Source;
import io.farandole.streams.TimeWindows;
import io.farandole.streams.Touched;
import io.farandole.streams.WindowStore;
import io.farandole.streams.installation.Collector;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.Views;
import io.farandole.streams.installation.Wiring;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances over real sockets close windows while views come in: each window is said once. */
final class ClosingWindowsIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** How many in the window. */
    record Count(int number) {}

    private static final WindowStore<Count> WINDOWS =
            WindowStore.of(
                    "windows",
                    Count.class,
                    TimeWindows.ofSize(Duration.ofMillis(20)).whenLate(LatePolicy.DROP));
    private static final FinalResults<Count> FINAL =
            WINDOWS.untilWindowCloses(
                    "final",
                    (windowed, count, row, context) ->
                            context.say(
                                    RECOMMENDATIONS,
                                    new ListRefreshed(
                                            new UserId(row.key()),
                                            count.number(),
                                            List.of(),
                                            null)));

    private final Installation installation = new Installation();
    private final Views views = new Views(installation.wiring(), 11);

    @BeforeEach
    void provision() {
        Views.provision(installation.wiring());
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void areSaidOnceWithAllThatWasApplied() throws Exception {
        try (Wiring other = installation.wire();
                Collector said = new Collector(other, "recommendations.collector")) {
            Streams one = installation.wiring().streams(StreamsSettings.defaults(), processor());
            Streams two = other.streams(StreamsSettings.defaults(), processor());
            one.start();
            two.start();
            for (int i = 0; i < 10; i++) {
                views.publish(300);
            }
            await().atMost(LONG)
                    .until(() -> number("select sum(delivered - duplicate)") == views.distinct());
            await().atMost(LONG).until(() -> due() == 0);
            long closed =
                    installation.number("select count(*) from tally.windows")
                            - installation.number("select count(*) from streams.timer");
            assertThat(closed).isGreaterThan(5);
            await().atMost(LONG).until(() -> said.distinct() == closed);
            assertThat(one.condition().isHealthy()).isTrue();
            one.stop();
            two.stop();

            assertThat(number("select sum(applied + late)")).isEqualTo(views.distinct());
            assertThat(
                            installation.number(
                                    """
                                    select count(*) from tally.windows w
                                    join (select convert_from(payload, 'UTF8')::jsonb
                                            -> 'listRefreshed' b from streams.outbox) s
                                      on s.b ->> 'user' = w.key
                                        and s.b -> 'version' = w.value -> 'number'
                                    """))
                    .isEqualTo(closed);
            assertThat(installation.number("select count(*) from streams.outbox"))
                    .isEqualTo(closed);
        }
    }

    private long number(String sums) {
        return installation.number(sums + " from streams.ledger");
    }

    private long due() {
        return installation.number(
                """
                select count(*) from streams.timer
                where fire_at <= (select max(event_time) from streams.watermark)
                """);
    }

    // Under the name that has the subscription.
    private static Processor processor() {
        return Processor.named(Tally.NAME)
                .reads(Source.of(ACTIVITY, ClosingWindowsIT::declare, ClosingWindowsIT::fold))
                .keeps(WINDOWS)
                .fires(FINAL.timer())
                .says(RECOMMENDATIONS)
                .build();
    }

    private static void declare(Message<ActivityEvent> message, Touched touched) {
        if (message.event() instanceof Viewed) {
            WINDOWS.declare(touched, "all", message.envelope().time());
        }
    }

    private static Outcome fold(Message<ActivityEvent> message, Context context) {
        return message.event() instanceof Viewed
                ? FINAL.update(
                        context,
                        "all",
                        message.envelope().time(),
                        (windowed, had) -> new Count(had == null ? 1 : had.number() + 1))
                : Outcome.APPLIED;
    }
}

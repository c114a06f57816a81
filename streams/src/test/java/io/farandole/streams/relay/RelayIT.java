package io.farandole.streams.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.pubsub.EmbeddedPubSub;
import io.farandole.streams.batch.OutboxShards;
import io.farandole.streams.batch.StreamsSchema;
import io.farandole.streams.installation.Collector;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.Wiring;
import io.farandole.streams.tracing.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayIT {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String TOPIC = "recommendations";
    private static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration TERM = Duration.ofSeconds(1);
    private static final List<Integer> ALL_SHARDS =
            IntStream.range(0, OutboxShards.COUNT).boxed().toList();

    private final Installation installation = new Installation();
    private final OutboxFilling filling = new OutboxFilling(installation);

    @BeforeEach
    void provision() {
        StreamsSchema.migrate(installation.wiring().database());
        installation.wiring().admin().createTopic(TOPIC);
        installation.wiring().createSubscription(TOPIC, "collector");
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void twoRelaysFightingForTheShardsKeepTheOrderOfEachKeyAndLoseNothing() throws Exception {
        try (Wiring other = installation.wire();
                Collector collector = new Collector(other, TOPIC + ".collector");
                OutboxRelay one = relay(installation.wiring(), Duration.ofMillis(20));
                OutboxRelay two = relay(other, Duration.ofMillis(20));
                ScheduledExecutorService saboteur = Executors.newScheduledThreadPool(1)) {
            one.start();
            two.start();
            Future<?> sabotage =
                    saboteur.scheduleWithFixedDelay(
                            this::endEveryLease, 50, 50, TimeUnit.MILLISECONDS);
            for (int round = 0; round < 60 || (handovers() < 2 && round < 5_000); round++) {
                for (int key = 0; key < 20; key++) {
                    filling.say(TOPIC, "key " + key, 3);
                }
            }
            sabotage.cancel(false);

            await().atMost(LONG).until(() -> collector.distinct() == filling.total());
            await().atMost(LONG).until(() -> unpublished() == 0);
            assertThat(handovers()).as("fence, so often the shards changed hands").isGreaterThan(1);
            assertInOrder(collector);
        }
    }

    private long handovers() {
        return installation.number("select max(fence) from streams.relay_lease");
    }

    @Test
    void aRelayThatWasPausedBeyondItsTermReadsAndMarksNothing() throws SQLException {
        filling.say(TOPIC, "ann", 2);
        RelayLeases paused = leases("paused");
        List<Lease> old = paused.take(ALL_SHARDS);
        Outbox outboxOfPaused = new Outbox(installation.wiring().database(), "paused");
        List<OutboxRow> read = read(outboxOfPaused, old);
        assertThat(read).hasSize(2);
        assertThat(leases("other").take(ALL_SHARDS)).as("while the term lasts").isEmpty();

        endEveryLease();
        List<Lease> taken = leases("other").take(ALL_SHARDS);
        Outbox outboxOfOther = new Outbox(installation.wiring().database(), "other");

        List<PublishedRow> published =
                read.stream().map(row -> new PublishedRow(row.id(), "message-id")).toList();
        assertThat(outboxOfPaused.mark(old, published)).isZero();
        assertThat(read(outboxOfPaused, old)).isEmpty();
        assertThat(paused.take(ALL_SHARDS)).isEmpty();
        assertThat(outboxOfOther.mark(taken, published)).isEqualTo(2);
    }

    @Test
    void publishesAtOnceWhenItIsWoken() throws Exception {
        try (Collector collector = new Collector(installation.wiring(), TOPIC + ".collector");
                OutboxRelay relay = relay(installation.wiring(), Duration.ofMinutes(1))) {
            relay.start();
            await().atMost(LONG).until(() -> leasesHeld() == OutboxShards.COUNT);

            filling.say(TOPIC, "ann", 1);
            relay.wake();

            await().atMost(Duration.ofSeconds(10)).until(() -> collector.distinct() == 1);
        }
    }

    @Test
    void publishesByItselfWhatAnotherProcessSaid() throws Exception {
        try (Collector collector = new Collector(installation.wiring(), TOPIC + ".collector");
                OutboxRelay relay = relay(installation.wiring(), Duration.ofMillis(50))) {
            relay.start();
            filling.say(TOPIC, "ann", 1);

            await().atMost(LONG).until(() -> collector.distinct() == 1);
        }
    }

    @Test
    void aMissingTopicStopsNothingElseAndGoesOnWhenItIsThere() throws Exception {
        filling.say("missing", "ann", 5);
        filling.say(TOPIC, "ann", 5);
        try (Collector collector = new Collector(installation.wiring(), TOPIC + ".collector");
                OutboxRelay relay = relay(installation.wiring(), Duration.ofMillis(50))) {
            relay.start();
            await().atMost(LONG).until(() -> collector.distinct() == 5);
            await().atMost(LONG).until(() -> relay.stopped() == 1);

            installation.wiring().admin().createTopic("missing");

            await().atMost(LONG).until(() -> unpublished() == 0 && relay.stopped() == 0);
        }
    }

    @Test
    void aRefusedMessageStopsItsKeyAloneAndKeepsItsOrder() throws Exception {
        filling.say(TOPIC, "ann", 3);
        filling.say(TOPIC, "bob", 3);
        String longerThanPubSubTakes =
                """
                update streams.outbox set attributes = attributes || '{"a": "%s"}'
                where ordering_key = 'ann' and convert_from(payload, 'UTF8') = 'ann#2'
                """
                        .formatted("x".repeat(2_000));
        installation.execute(longerThanPubSubTakes);
        try (Collector collector = new Collector(installation.wiring(), TOPIC + ".collector");
                OutboxRelay relay = relay(installation.wiring(), Duration.ofMillis(50))) {
            relay.start();
            await().atMost(LONG).until(() -> relay.stopped() == 1);
            filling.say(TOPIC, "bob", 3);
            await().atMost(LONG).until(() -> unpublished("bob") == 0);
            // The first may have left alone, before the one that is refused.
            assertThat(unpublished("ann")).isBetween(2L, 3L);

            installation.execute("update streams.outbox set attributes = attributes - 'a'");

            await().atMost(LONG).until(() -> unpublished() == 0 && relay.stopped() == 0);
            await().atMost(LONG).until(() -> collector.distinct() == filling.total());
            assertInOrder(collector);
        }
    }

    @Test
    void goesOnInOrderWhenABrokerThatWasAwayIsBack() throws Exception {
        try (OutboxRelay relay = relay(installation.wiring(), Duration.ofMillis(50))) {
            relay.start();
            filling.say(TOPIC, "ann", 3);
            await().atMost(LONG).until(() -> unpublished() == 0);
            int port = installation.pubSub().port();
            installation.pubSub().close();

            filling.say(TOPIC, "ann", 2);
            filling.say(TOPIC, "bob", 2);
            relay.wake();
            await().atMost(LONG).until(() -> relay.stopped() == 2);
            filling.say(TOPIC, "ann", 2);

            try (EmbeddedPubSub back = EmbeddedPubSub.builder().port(port).start()) {
                installation.wiring().admin().createTopic(TOPIC);
                installation.wiring().createSubscription(TOPIC, "collector");
                await().atMost(LONG).until(() -> unpublished() == 0 && relay.stopped() == 0);
                // What came between the topic and its subscription was published, but not for us.
                filling.say(TOPIC, "ann", 2);
                try (Collector collector =
                        new Collector(installation.wiring(), TOPIC + ".collector")) {
                    await().atMost(LONG).until(() -> bodies(collector, "ann").contains("ann#9"));
                    assertThat(bodies(collector, "ann"))
                            .isSorted()
                            .containsSubsequence("ann#8", "ann#9");
                }
                assertThat(back.topicCounts()).hasSize(1);
            }
        }
    }

    @Test
    void goesOnAfterAnErrorInViewOfEverybody() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        Wiring wiring = installation.wiring();
        DataSource failing =
                (DataSource)
                        Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {DataSource.class},
                                (_, method, arguments) -> {
                                    if (broken.get()) {
                                        throw new OutOfMemoryError("no room");
                                    }
                                    return method.invoke(wiring.database(), arguments);
                                });
        try (Collector collector = new Collector(wiring, TOPIC + ".collector");
                OutboxRelay relay = relay(failing, wiring, Duration.ofMillis(50))) {
            relay.start();
            broken.set(true);
            await().atMost(LONG).until(() -> relay.trouble().isPresent());
            filling.say(TOPIC, "ann", 2);
            assertThat(relay.trouble().orElseThrow()).contains("no room");

            broken.set(false);

            await().atMost(LONG).until(() -> collector.distinct() == 2);
            await().atMost(LONG).until(() -> relay.trouble().isEmpty());
        }
    }

    @Test
    void publishesWhatIsLeftWhenItIsClosedAndLetsGoOfItsShards() throws Exception {
        filling.say(TOPIC, "ann", 3_000);
        OutboxRelay relay = relay(installation.wiring(), Duration.ofMinutes(1));
        relay.start();
        relay.close();

        assertThat(unpublished()).isZero();
        assertThat(leasesHeld()).isZero();
    }

    @Test
    void forgetsPublishedRowsAfterTheirRetentionAlone() throws SQLException {
        filling.say(TOPIC, "ann", 3);
        installation.execute(
                "update streams.outbox set published_at = now() - interval '2 days'"
                        + " where convert_from(payload, 'UTF8') = 'ann#1'");
        installation.execute(
                "update streams.outbox set published_at = now()"
                        + " where convert_from(payload, 'UTF8') = 'ann#2'");
        Outbox outbox = new Outbox(installation.wiring().database(), "anyone");

        assertThat(outbox.prune(Duration.ofDays(1), 100)).isEqualTo(1);
        assertThat(outbox.prune(Duration.ofDays(1), 100)).isZero();
        assertThat(installation.number("select count(*) from streams.outbox")).isEqualTo(2);
        assertThat(outbox.backlog(100).rows()).isEqualTo(1);
    }

    @Test
    void forgetsOldRowsPastThoseThatCannotBePublished() throws SQLException {
        filling.say(TOPIC, "ann", 3);
        filling.say(TOPIC, "bob", 4);
        filling.say(TOPIC, "cid", 2);
        installation.execute("update streams.outbox set created_at = now() - interval '3 days'");
        installation.execute(
                "update streams.outbox set published_at = now() - interval '2 days'"
                        + " where ordering_key = 'bob'");
        installation.execute(
                "update streams.outbox set created_at = now(), published_at = now()"
                        + " where ordering_key = 'cid'");
        Outbox outbox = new Outbox(installation.wiring().database(), "anyone");

        assertThat(outbox.prune(Duration.ofDays(1), 2)).isEqualTo(4);
        assertThat(outbox.prune(Duration.ofDays(1), 2)).isZero();
        assertThat(installation.number("select count(*) from streams.outbox")).isEqualTo(5);
        assertThat(unpublished()).isEqualTo(3);
    }

    private OutboxRelay relay(Wiring wiring, Duration poll) {
        return relay(wiring.database(), wiring, poll);
    }

    private OutboxRelay relay(DataSource database, Wiring wiring, Duration poll) {
        RelaySettings defaults = RelaySettings.DEFAULT;
        return new OutboxRelay(
                database,
                wiring.publishers(),
                new RelaySettings(
                        defaults.threads(),
                        defaults.portionRows(),
                        defaults.portionSize(),
                        TERM,
                        poll,
                        PUBLISH_TIMEOUT,
                        defaults.retention()),
                new SimpleMeterRegistry(),
                Traces.NONE);
    }

    private RelayLeases leases(String owner) {
        return new RelayLeases(installation.wiring().database(), owner, Duration.ofMinutes(1));
    }

    private static List<OutboxRow> read(Outbox outbox, List<Lease> leases) throws SQLException {
        return outbox.unpublished(
                leases, new Stops(System::nanoTime).now(), new Outbox.Portion(1_600, 1_000_000));
    }

    private static List<String> bodies(Collector collector, String key) {
        return collector.byKey().getOrDefault(key, List.of()).stream()
                .map(Collector.Got::body)
                .distinct()
                .toList();
    }

    private long unpublished(String key) {
        return installation.number(
                "select count(*) from streams.outbox where published_at is null"
                        + " and ordering_key = '"
                        + key
                        + "'");
    }

    private long unpublished() {
        return installation.number(
                "select count(*) from streams.outbox where published_at is null");
    }

    private long leasesHeld() {
        return installation.number(
                "select count(*) from streams.relay_lease where expires_at > clock_timestamp()");
    }

    private void endEveryLease() {
        installation.execute(
                "update streams.relay_lease set expires_at = clock_timestamp() - interval '1 s'");
    }

    private static void assertInOrder(Collector collector) {
        collector
                .byKey()
                .forEach(
                        (key, got) ->
                                assertThat(got)
                                        .extracting(Collector.Got::body)
                                        .isEqualTo(
                                                IntStream.rangeClosed(1, got.size())
                                                        .mapToObj(number -> key + "#" + number)
                                                        .toList()));
    }
}

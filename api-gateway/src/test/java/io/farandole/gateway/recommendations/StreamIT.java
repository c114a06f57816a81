package io.farandole.gateway.recommendations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.spring.pubsub.PubSubAdmin;
import com.google.cloud.spring.pubsub.support.PublisherFactory;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import io.farandole.events.ActivityEvent.CreditGranted;
import io.farandole.events.ActivityEvent.CreditSpent;
import io.farandole.events.CatalogueEvent.StockChanged;
import io.farandole.events.Cause;
import io.farandole.events.Encoded;
import io.farandole.events.Envelope;
import io.farandole.events.Event;
import io.farandole.events.EventCodec;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.OfferId;
import io.farandole.events.RecommendationEvent.ListRefreshed;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.UserId;
import io.farandole.gateway.Platform;
import io.farandole.gateway.SmallCulture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A list that stays open, changed by events that Google's client publishes. */
@TestInstance(Lifecycle.PER_CLASS)
class StreamIT {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final String USER = "20";
    private static final String PATH = "/v1/users/" + USER + "/recommendations/stream";

    private final Platform platform = Platform.shared();

    @BeforeAll
    void fill() {
        SmallCulture.fill(platform);
        // The gateway was there before the topics.
        await().atMost(LONGEST)
                .untilAsserted(
                        () -> {
                            try (Open open = open(null)) {
                                assertThat(open.status()).isEqualTo(200);
                            }
                        });
    }

    @Test
    void beginsWithTheListAndTellsOfEachChangeOnce() throws Exception {
        list(10, "isbn-2", "show", "isbn-1");
        try (Open open = open(null)) {
            // Of the list what rules let this user see: not what was booked.
            open.awaitItems("isbn-2,show");
            list(11, "gig", "isbn-2", "gig-2");
            refreshed(11);
            open.awaitItems("isbn-2,show", "gig,isbn-2");
            // Told again, as Pub/Sub may, and of somebody else: nothing is another.
            refreshed(11);
            refreshed("15", 4);
            list(12, "film");
            refreshed(12);
            open.awaitItems("isbn-2,show", "gig,isbn-2", "film");
            assertThat(open.events().getLast().path("params").path("listVersion").asInt())
                    .isEqualTo(12);
            assertThat(open.ids()).doesNotHaveDuplicates();
        }
    }

    @Test
    void sendsNothingAgainToWhomComesBackAndMissesNothing() throws Exception {
        list(20, "isbn-2");
        String last;
        try (Open open = open(null)) {
            open.awaitItems("isbn-2");
            last = open.ids().getLast();
        }
        try (Open again = open(last)) {
            await().atMost(LONGEST).until(() -> again.has(":unchanged"));
            list(21, "gig");
            refreshed(21);
            again.awaitItems("gig");
        }
        // What changed while nobody looked comes first.
        list(22, "film");
        refreshed(22);
        try (Open again = open(last)) {
            again.awaitItems("film");
        }
    }

    @Test
    void manyChangesInARowComeAsFew() throws Exception {
        list(30, "isbn-2");
        try (Open open = open(null)) {
            open.awaitItems("isbn-2");
            long start = System.nanoTime();
            for (int version = 31; version < 131; version++) {
                list(version, version % 2 == 0 ? "gig" : "film");
                refreshed(version);
            }
            await().atMost(LONGEST)
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    open.events()
                                                            .getLast()
                                                            .path("params")
                                                            .path("listVersion")
                                                            .asInt())
                                            .isEqualTo(130));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(open.events())
                    .hasSizeLessThanOrEqualTo(
                            3 + Math.toIntExact(took.dividedBy(Platform.STREAMS_AT_MOST_EVERY)));
            assertThat(open.ids()).doesNotHaveDuplicates();
        }
    }

    @Test
    void keepsItselfOpenAndIsNotOpenedWithoutBound() throws Exception {
        List<Open> all = new ArrayList<>();
        try {
            for (int i = 0; i < Platform.STREAMS_PER_USER; i++) {
                all.add(open(null));
            }
            assertThat(all).allSatisfy(open -> assertThat(open.status()).isEqualTo(200));
            try (Open more = open(null)) {
                assertThat(more.status()).isEqualTo(429);
            }
            await().atMost(LONGEST).until(() -> all.getFirst().has(":still here"));
        } finally {
            for (Open open : all) {
                open.close();
            }
        }
        // Closed by the client, they make room.
        await().atMost(LONGEST)
                .untilAsserted(
                        () -> {
                            try (Open open = open(null)) {
                                assertThat(open.status()).isEqualTo(200);
                            }
                        });
    }

    @Test
    void tellsOfWhatIsSoldOutBeforeTheCatalogueKnows() throws Exception {
        seats("last-seats", 1);
        list(40, "last-seats", "isbn-2");
        try (Open open = open(null)) {
            open.awaitItems("last-seats,isbn-2");
            say(TopicCatalogue.CATALOGUE, stock("last-seats", 0), null);
            open.awaitItems("last-seats,isbn-2", "isbn-2");
            assertThat(
                            platform.count(
                                    "select value ->> 'stock' from catalogue.offers where key = 'last-seats'"))
                    .isEqualTo(1);
            say(TopicCatalogue.CATALOGUE, stock("last-seats", 3), null);
            open.awaitItems("last-seats,isbn-2", "isbn-2", "last-seats,isbn-2");
            // One unit less shows nobody anything else.
            say(TopicCatalogue.CATALOGUE, stock("last-seats", 2), null);
            list(41, "film");
            refreshed(41);
            open.awaitItems("last-seats,isbn-2", "isbn-2", "last-seats,isbn-2", "film");
        } finally {
            noSeats("last-seats");
        }
    }

    @Test
    void tellsOfWhatIsThereAgainThatWasNotWhenItWasOpened() throws Exception {
        seats("new-seats", 0);
        list(60, "new-seats", "isbn-2");
        try (Open open = open(null)) {
            open.awaitItems("isbn-2");
            say(TopicCatalogue.CATALOGUE, stock("new-seats", 3), null);
            open.awaitItems("isbn-2", "new-seats,isbn-2");
        } finally {
            noSeats("new-seats");
        }
    }

    /** An item with one offer, of the same name. */
    private void seats(String name, int stock) {
        platform.put(
                "catalogue.items",
                4,
                name,
                "{\"title\":\"Seats\",\"categories\":[],\"offers\":[\"%s\"]}".formatted(name));
        platform.put(
                "catalogue.offers",
                4,
                name,
                """
                {"item":"%1$s","priceCents":0,"stock":%3$d,"listed":["%2$s","app","1"],
                 "stocked":["%2$s","app","1"]}
                """
                        .formatted(name, SmallCulture.now().minusSeconds(60), stock));
    }

    private void noSeats(String name) {
        platform.run(
                "delete from catalogue.offers where key = '%1$s'; delete from catalogue.items where key = '%1$s'"
                        .formatted(name));
    }

    private static StockChanged stock(String name, int units) {
        return new StockChanged(new ItemId(name), new OfferId(name), units);
    }

    @Test
    void tellsOfCreditThatIsSpentAsSoonAsTheProfileKnows() throws Exception {
        list(50, "play", "isbn-2");
        credit(30_000);
        try (Open open = open(null)) {
            open.awaitItems("play,isbn-2");
            awaitSubscriptions();
            // A play costs 25 €, the other 9 €. The event comes before the profile has it.
            say(TopicCatalogue.ACTIVITY, new CreditSpent(new UserId(USER), 28_000), null);
            credit(2_000);
            open.awaitItems("play,isbn-2", "isbn-2");
            say(TopicCatalogue.ACTIVITY, new CreditSpent(new UserId("15"), 1), null);
            credit(30_000);
            say(TopicCatalogue.ACTIVITY, new CreditGranted(new UserId(USER), 28_000, null), null);
            open.awaitItems("play,isbn-2", "isbn-2", "play,isbn-2");
        } finally {
            credit(30_000);
        }
    }

    private void credit(int cents) {
        platform.run(
                "update profile.users set value = jsonb_set(value, '{movements,0,cents}', '%d')"
                                .formatted(cents)
                        + " where key = '"
                        + USER
                        + "'");
    }

    /** The one that hears of users is made when somebody looks for the first time. */
    private void awaitSubscriptions() {
        await().atMost(LONGEST).untilAsserted(this::readsSubscriptionsOfItsOwnThatExpire);
    }

    @Test
    void readsSubscriptionsOfItsOwnThatExpire() {
        for (var declared : TopicCatalogue.instanceSubscriptions()) {
            assertThat(platform.bean(PubSubAdmin.class).listSubscriptions())
                    .filteredOn(there -> there.getName().contains("/" + declared.prefix()))
                    .singleElement()
                    .satisfies(
                            there ->
                                    assertThat(there.getExpirationPolicy().getTtl().getSeconds())
                                            .isEqualTo(declared.expiration().toSeconds()));
        }
    }

    /** In one statement: whoever reads finds the one or the other. */
    private void list(int version, String... items) {
        platform.run(
                "update personalisation.lists set value = '"
                        + Stream.of(items)
                                .map("{\"item\":\"%s\",\"score\":1,\"why\":{}}"::formatted)
                                .collect(
                                        Collectors.joining(
                                                ",",
                                                "{\"lists\":{\"taste\":{\"version\":"
                                                        + version
                                                        + ",\"entries\":[",
                                                "]}}}"))
                        + "' where generation = 2 and key = '"
                        + USER
                        + "'");
    }

    private void refreshed(int version) throws Exception {
        refreshed(USER, version);
    }

    private void refreshed(String user, int version) throws Exception {
        say(
                TopicCatalogue.RECOMMENDATIONS,
                new ListRefreshed(new UserId(user), version, List.of(new ItemId("film")), "taste"),
                (long) version);
    }

    private <E extends Event> void say(Topic<E> topic, E event, @Nullable Long sequence)
            throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String id = UUID.randomUUID().toString();
        Encoded encoded =
                new EventCodec()
                        .encode(
                                new Message<>(
                                        new Envelope(
                                                id,
                                                "//farandole/test",
                                                topic.typeOf(event),
                                                topic.subjectOf(event),
                                                now,
                                                now,
                                                null,
                                                null,
                                                new Cause("app", id),
                                                sequence,
                                                null),
                                        event),
                                topic);
        platform.bean(PublisherFactory.class)
                .createPublisher(topic.name())
                .publish(
                        PubsubMessage.newBuilder()
                                .putAllAttributes(encoded.attributes())
                                .setData(ByteString.copyFrom(encoded.data()))
                                .setOrderingKey(encoded.orderingKey())
                                .build())
                .get();
    }

    private Open open(@Nullable String last) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + platform.apiPort() + PATH));
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        HttpClient client = HttpClient.newHttpClient();
        return new Open(client, client.send(request.build(), BodyHandlers.ofLines()));
    }

    /** A stream that is read as it comes. */
    private static final class Open implements AutoCloseable {

        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final HttpClient client;
        private final HttpResponse<Stream<String>> response;

        Open(HttpClient client, HttpResponse<Stream<String>> response) {
            this.client = client;
            this.response = response;
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try {
                                    response.body().forEach(lines::add);
                                } catch (RuntimeException e) {
                                    // It was closed.
                                    lines.add("closed");
                                }
                            });
        }

        int status() {
            return response.statusCode();
        }

        boolean has(String line) {
            return lines.contains(line);
        }

        List<String> ids() {
            return lines.stream()
                    .filter(line -> line.startsWith("id:"))
                    .map(line -> line.substring("id:".length()))
                    .toList();
        }

        List<JsonNode> events() {
            return lines.stream()
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> JsonMapper.shared().readTree(line.substring("data:".length())))
                    .toList();
        }

        void awaitItems(String... lists) {
            await().atMost(LONGEST).untilAsserted(() -> assertThat(shown()).containsExactly(lists));
        }

        private List<String> shown() {
            return events().stream()
                    .map(
                            event ->
                                    event.path("recommendations")
                                            .valueStream()
                                            .map(one -> one.path("item").asString())
                                            .collect(Collectors.joining(",")))
                    .toList();
        }

        @Override
        public void close() {
            client.shutdownNow();
        }
    }
}

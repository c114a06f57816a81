package io.farandole.gateway.impressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.cloud.spring.pubsub.core.PubSubTemplate;
import com.google.pubsub.v1.PubsubMessage;
import io.farandole.events.Decoded.Understood;
import io.farandole.events.Encoded;
import io.farandole.events.EventCodec;
import io.farandole.events.ImpressionEvent;
import io.farandole.events.ImpressionEvent.PlaylistServed;
import io.farandole.events.ImpressionEvent.SimilarOffersServed;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.OfferId;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.UserId;
import io.farandole.gateway.Platform;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.calls.Skips;
import io.farandole.postgres.Credentials;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ImpressionsIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int USERS = 10;
    private static final int ANSWERS = 200;

    private final Platform platform = Platform.shared();
    private final PubSubTemplate pubsub = platform.bean(PubSubTemplate.class);
    private final MeterRegistry meters = platform.bean(MeterRegistry.class);
    private final EventCodec codec = new EventCodec();

    @BeforeEach
    void fill() {
        platform.run("truncate personalisation.lists, catalogue.items, catalogue.offers");
        platform.serveNoRelease();
        platform.serve("r1", "models/abc");
        for (String item : List.of("a", "b", "c")) {
            platform.put(
                    "catalogue.items",
                    4,
                    item,
                    "{\"title\":\"T\",\"categories\":[],\"offers\":[\"%s\"]}".formatted(item));
            platform.put(
                    "catalogue.offers", 4, item, "{\"item\":\"" + item + "\",\"priceCents\":0}");
        }
        List<List<String>> orders =
                List.of(List.of("a", "b", "c"), List.of("c", "a", "b"), List.of("b", "c", "a"));
        for (int user = 0; user < USERS; user++) {
            platform.put(
                    "personalisation.lists",
                    2,
                    "u" + user,
                    "{\"lists\":{\"r1\":{\"model\":\"models/abc\",\"version\":5,\"entries\":["
                            + orders.get(user % orders.size()).stream()
                                    .map(item -> "{\"item\":\"" + item + "\",\"score\":1}")
                                    .collect(Collectors.joining(","))
                            + "]}}}");
        }
        // What tests before this one were answered is none of ours.
        awaitNoneWaiting();
        await().until(() -> pull().isEmpty());
    }

    @AfterEach
    void withdraw() {
        platform.run("delete from profile.items where key = 'u0|z'");
        platform.serveNoRelease();
    }

    @Test
    void tellsEachAnswerOnceInTheOrderOfItsItems() {
        double before = published();
        Map<String, PlaylistServed> answered = new LinkedHashMap<>();
        for (int i = 0; i < ANSWERS; i++) {
            String user = "u" + i % USERS;
            JsonNode answer = get("/v1/users/" + user + "/recommendations");
            String call = answer.path("params").path("callId").asString();
            answered.put(
                    call,
                    new PlaylistServed(
                            new UserId(user),
                            items(answer.path("recommendations")),
                            call,
                            "model",
                            "r1",
                            "models/abc",
                            5,
                            offers(answer.path("recommendations")),
                            List.of(1.0, 1.0, 1.0),
                            List.of(),
                            1,
                            null,
                            null,
                            List.of(),
                            null));
        }
        List<Message<ImpressionEvent>> told = told(ANSWERS);
        assertThat(told).hasSize(ANSWERS);
        Map<String, ImpressionEvent> byCall =
                told.stream()
                        .collect(
                                Collectors.toMap(
                                        message -> message.event().call(), Message::event));
        assertThat(byCall).isEqualTo(answered);
        assertThat(byCall.values().stream().map(event -> ((PlaylistServed) event).items()))
                .doesNotContain(List.<ItemId>of())
                .anyMatch(items -> items.getFirst().value().equals("c"));
        assertThat(callsOf("u3", told.stream().map(Message::event).toList()))
                .isEqualTo(callsOf("u3", answered.values()));
        assertThat(told)
                .allSatisfy(
                        message -> {
                            assertThat(message.envelope().source())
                                    .isEqualTo("//farandole/api-gateway");
                            assertThat(message.envelope().correlationId())
                                    .isEqualTo(message.event().call());
                        });
        awaitNoneWaiting();
        assertThat(published() - before).isEqualTo(ANSWERS);
        assertThat(pull()).isEmpty();
    }

    @Test
    void tellsWhatWasSimilar() {
        platform.run(
                "insert into deployment.similar values ('r1', 'a', 1, 'c', 1), ('r1', 'a', 2, 'b', 1)");
        JsonNode answer = get("/v1/offers/a/similar");
        assertThat(told(1).getFirst().event())
                .isEqualTo(
                        new SimilarOffersServed(
                                new OfferId("a"),
                                new ItemId("a"),
                                List.of(new ItemId("c"), new ItemId("b")),
                                answer.path("params").path("callId").asString(),
                                "r1",
                                "models/abc",
                                List.of(new OfferId("c"), new OfferId("b")),
                                List.of(1.0, 1.0),
                                List.of(),
                                null,
                                null,
                                List.of()));
    }

    @Test
    void tellsOfAPageWhereItBeginsWhatItWasChosenFromAndTheNamesOfWhatWasAsked() {
        JsonNode first = get("/v1/users/u0/playlists?limit=1");
        JsonNode second =
                get(
                        "/v1/users/u0/playlists?limit=1&latitude=48.123456&longitude=2.654321"
                                + "&priceMaxCents=777&after="
                                + first.path("next").asString());
        List<Message<ImpressionEvent>> told = told(2);
        PlaylistServed page = (PlaylistServed) told.getLast().event();
        assertThat(page.call()).isEqualTo(second.path("params").path("callId").asString());
        assertThat(page.position()).isEqualTo(2);
        assertThat(page.candidates()).isEqualTo(2);
        assertThat(page.items()).isEqualTo(items(second.path("offers")));
        assertThat(page.offers()).hasSize(1);
        assertThat(page.context()).containsExactly("price", "near", "mixed");
        assertThat(page.toString()).doesNotContain("48.12", "2.65", "777");
    }

    @Test
    void tellsWhatIsTriedMeanwhileToWhomeverItIsShown() {
        // A playlist is made of the own list of who has done something.
        platform.put("profile.items", 7, "u0|z", "{\"item\":\"z\"}");
        List<String> canaries = new ArrayList<>();
        for (Runnable trying :
                List.<Runnable>of(
                        () -> platform.tries("r2", 1),
                        () -> platform.tries("r3", 1),
                        platform::triesNone)) {
            trying.run();
            get("/v1/users/u0/recommendations");
            get("/v1/users/u0/playlists");
            told(2).stream()
                    .map(one -> (PlaylistServed) one.event())
                    .forEach(one -> canaries.add(one.release() + " " + one.canary()));
        }
        assertThat(canaries)
                .containsExactly("r1 r2", "r1 r2", "r1 r3", "r1 r3", "r1 null", "r1 null");
    }

    @Test
    void tellsOfAListAtTheOldAddressUnlessItIsInternal() {
        String old = "/recommendation/u0?token=" + Platform.OLD_TOKEN;
        get(old + "&internal=1");
        JsonNode told = get(old + "&internal=0&priceMax=5");
        PlaylistServed served = (PlaylistServed) told(1).getFirst().event();
        assertThat(served.call()).isEqualTo(told.path("params").path("call_id").asString());
        assertThat(served.context()).containsExactly("price", "mixed");
        awaitNoneWaiting();
        assertThat(pull()).isEmpty();
    }

    @Test
    void tellsByWhichScenarioAndHowLikelyEachItemWas() {
        get("/v1/users/u0/recommendations?scenario=trial");
        get("/v1/users/u0/playlists?scenario=home");
        List<Message<ImpressionEvent>> told = told(2);
        PlaylistServed tried = (PlaylistServed) told.getFirst().event();
        assertThat(tried.scenario()).isEqualTo("trial");
        assertThat(((PlaylistServed) told.getLast().event()).scenario()).isEqualTo("home");
    }

    @Test
    void doesNotTellOfOurOwnCalls() {
        rehearse(Call.rehearsal());
        rehearse("a guess");
        assertThat(told(1)).hasSize(1);
        awaitNoneWaiting();
        assertThat(pull()).isEmpty();
    }

    @Test
    void losesNothingWhileTheBrokerIsAwayAndMoreIsServedThanMayWait() {
        get("/v1/users/u1/recommendations");
        told(1);
        awaitNoneWaiting();
        double lost = lost();
        double spilled = counted(Spilling.SPILLED);
        double relayed = counted(Spilling.RELAYED);
        Set<String> calls = new HashSet<>();
        platform.stopBroker();
        try {
            for (int i = 0; i < Platform.IMPRESSIONS_BUFFER + 100; i++) {
                calls.add(
                        get("/v1/users/u1/recommendations")
                                .path("params")
                                .path("callId")
                                .asString());
            }
            // All are answered, the broker has had none of them, and none is in memory alone.
            awaitNoneWaiting();
            assertThat(counted(Spilling.SPILLED) - spilled).isEqualTo(calls.size());
            assertThat(rows()).isEqualTo(calls.size());
        } finally {
            platform.startBroker();
        }
        await().atMost(LONGEST).until(() -> rows() == 0);
        assertThat(counted(Spilling.RELAYED) - relayed).isEqualTo(calls.size());
        // Said twice, it has the same id, by which it counts once.
        Map<String, String> callsById =
                told(calls.size()).stream()
                        .collect(
                                Collectors.toMap(
                                        message -> message.envelope().id(),
                                        message -> message.event().call(),
                                        (one, same) -> {
                                            assertThat(same).isEqualTo(one);
                                            return one;
                                        }));
        assertThat(callsById).hasSize(calls.size());
        assertThat(callsById.values()).containsExactlyInAnyOrderElementsOf(calls);
        assertThat(lost() - lost).isZero();
    }

    @Test
    void tellsWhatAnotherProcessLeftInTheOutbox() {
        // As a gateway leaves it that is killed between writing a row and telling the broker.
        String call = UUID.randomUUID().toString();
        Encoded left =
                new Enveloping(Clock.systemUTC())
                        .envelop(
                                new SimilarOffersServed(
                                        new OfferId("a"),
                                        new ItemId("a"),
                                        List.of(),
                                        call,
                                        null,
                                        null),
                                new Call(call, false, new Skips()));
        platform.bean(Outbox.class).add(List.of(left, left)).block(LONGEST);

        Message<ImpressionEvent> told = told(1).getFirst();

        assertThat(told.event().call()).isEqualTo(call);
        assertThat(told.envelope().id()).isEqualTo(Outbox.id(left).toString());
        await().atMost(LONGEST).until(() -> rows() == 0);
        assertThat(pull()).isEmpty();
    }

    @Test
    void theRoleThatWritesTheOutboxMayDoNothingElse() throws SQLException {
        Credentials gateway = platform.postgres().gateway();
        try (Connection connection =
                        DriverManager.getConnection(
                                platform.postgres().jdbcUrl(), gateway.user(), gateway.password());
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("select count(*) from gateway.outbox")).isTrue();
            for (String forbidden :
                    List.of(
                            "select count(*) from access.api_key",
                            "select count(*) from profile.users",
                            "create table gateway.mine (a int)",
                            "truncate gateway.outbox")) {
                assertThatThrownBy(() -> statement.execute(forbidden))
                        .isInstanceOf(SQLException.class)
                        .hasMessageMatching("(?s).*(permission denied|must be owner).*");
            }
        }
    }

    private void rehearse(String told) {
        platform.api()
                .get()
                .uri("/v1/users/u1/recommendations")
                .header(Call.REHEARSAL_HEADER, told)
                .exchange()
                .expectStatus()
                .isOk();
    }

    private JsonNode get(String path) {
        return JSON.readTree(
                platform.api()
                        .get()
                        .uri(path)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody());
    }

    private static List<ItemId> items(JsonNode entries) {
        return entries.valueStream()
                .map(entry -> new ItemId(entry.path("item").asString()))
                .toList();
    }

    private static List<OfferId> offers(JsonNode entries) {
        return entries.valueStream()
                .map(entry -> new OfferId(entry.path("offers").path(0).asString()))
                .toList();
    }

    private static List<String> callsOf(
            String user, java.util.Collection<? extends ImpressionEvent> events) {
        return events.stream()
                .filter(event -> ((PlaylistServed) event).user().value().equals(user))
                .map(ImpressionEvent::call)
                .toList();
    }

    private List<Message<ImpressionEvent>> told(int atLeast) {
        List<Message<ImpressionEvent>> all = new ArrayList<>();
        await().atMost(LONGEST)
                .until(
                        () -> {
                            pull().forEach(message -> all.add(decoded(message)));
                            return all.size() >= atLeast;
                        });
        return all;
    }

    private Message<ImpressionEvent> decoded(PubsubMessage message) {
        var decoded =
                codec.decode(
                        TopicCatalogue.IMPRESSIONS,
                        message.getAttributesMap(),
                        message.getData().toByteArray(),
                        Instant.EPOCH);
        assertThat(decoded).isInstanceOf(Understood.class);
        return ((Understood<ImpressionEvent>) decoded).message();
    }

    private List<PubsubMessage> pull() {
        return pubsub.pullAndAck(TopicCatalogue.IMPRESSIONS.name() + ".test", 1000, true);
    }

    private void awaitNoneWaiting() {
        await().atMost(LONGEST).until(() -> waiting() == 0);
    }

    private double waiting() {
        return meters.get(Impressions.WAITING).gauge().value();
    }

    private long rows() {
        return platform.count("select count(*) from gateway.outbox");
    }

    private double counted(String counter) {
        return meters.get(counter).counter().count();
    }

    private double published() {
        return meters.get(Impressions.PUBLISHED).counter().count();
    }

    private double lost() {
        return meters.get(Lost.COUNTER).counters().stream().mapToDouble(c -> c.count()).sum();
    }
}

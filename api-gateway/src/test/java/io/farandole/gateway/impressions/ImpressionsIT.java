package io.farandole.gateway.impressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.spring.pubsub.core.PubSubTemplate;
import com.google.pubsub.v1.PubsubMessage;
import io.farandole.events.Decoded.Understood;
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
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
                            5));
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
                                "models/abc"));
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
    void neitherSlowsNorFailsAnswersWhileTheBrokerIsAwayAndCountsWhatIsLost() {
        get("/v1/users/u1/recommendations");
        told(1);
        awaitNoneWaiting();
        double lost = lost();
        int more = 100;
        List<String> calls = new ArrayList<>();
        platform.stopBroker();
        try {
            for (int i = 0; i < Platform.IMPRESSIONS_BUFFER + more; i++) {
                calls.add(
                        get("/v1/users/u1/recommendations")
                                .path("params")
                                .path("callId")
                                .asString());
            }
            // All are answered, and the broker has had none of them.
            assertThat(waiting()).isEqualTo(Platform.IMPRESSIONS_BUFFER);
            assertThat(lost() - lost).isEqualTo(more);
        } finally {
            platform.startBroker();
        }
        // What waited comes when the broker is back, the first answer first.
        List<String> kept = calls.subList(0, Platform.IMPRESSIONS_BUFFER);
        assertThat(
                        told(kept.size()).stream()
                                .map(message -> message.event().call())
                                .distinct()
                                .toList())
                .isEqualTo(kept);
        awaitNoneWaiting();
        assertThat(lost() - lost).isEqualTo(more);
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

    private double published() {
        return meters.get(Impressions.PUBLISHED).counter().count();
    }

    private double lost() {
        return meters.get(Lost.COUNTER).counters().stream().mapToDouble(c -> c.count()).sum();
    }
}

package io.farandole.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.spring.pubsub.core.PubSubTemplate;
import com.google.pubsub.v1.PubsubMessage;
import io.farandole.events.Decoded.Understood;
import io.farandole.events.EventCodec;
import io.farandole.events.InteractionEvent;
import io.farandole.events.InteractionEvent.Rated;
import io.farandole.events.OfferId;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.UserId;
import io.farandole.gateway.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;

class EventsIT {

    private static final MediaType STRUCTURED = MediaType.parseMediaType(Format.STRUCTURED_TYPE);
    private static final MediaType BATCH = MediaType.parseMediaType(Format.BATCH_TYPE);

    private final Platform platform = Platform.shared();
    private final WebTestClient api = platform.api();
    private final PubSubTemplate pubsub = platform.bean(PubSubTemplate.class);

    @BeforeEach
    void drain() {
        for (Topic<?> topic : OpenTopics.all()) {
            pull(topic);
        }
    }

    @Test
    void publishesOneEventAndAnswersWhenItIsAcknowledged() {
        post(STRUCTURED, rating("one", 4.5))
                .expectStatus()
                .isAccepted()
                .expectBody()
                .json(
                        """
                        {"accepted":1,"refused":0,
                         "events":[{"index":0,"id":"one","source":"app","status":"accepted"}]}
                        """);
        PubsubMessage message = pulled(TopicCatalogue.INTERACTIONS, 1).getFirst();
        assertThat(message.getOrderingKey()).isEqualTo("user:42");
        assertThat(message.getAttributesMap())
                .containsEntry("ce-id", "one")
                .containsEntry("ce-source", "app")
                .containsEntry("ce-time", "2026-11-01T10:00:00Z");
        assertThat(decoded(message))
                .isEqualTo(new Rated(new UserId("42"), new OfferId("movie-1"), 4.5));
    }

    @Test
    void publishesABinaryEvent() {
        api.post()
                .uri("/v1/events")
                .contentType(MediaType.APPLICATION_JSON)
                .header("ce-specversion", "1.0")
                .header("ce-id", "binary")
                .header("ce-source", "app")
                .header("ce-type", "io.farandole.interactions.rated.v1")
                .bodyValue("{\"user\":\"42\",\"offer\":\"movie-1\",\"value\":1}")
                .exchange()
                .expectStatus()
                .isAccepted();
        PubsubMessage message = pulled(TopicCatalogue.INTERACTIONS, 1).getFirst();
        assertThat(message.getAttributesMap()).containsEntry("ce-id", "binary");
        assertThat(decoded(message))
                .isEqualTo(new Rated(new UserId("42"), new OfferId("movie-1"), 1));
    }

    @Test
    void eventsWithoutAnIdHaveTheSameOneWheneverTheyAreSentAgainWithTheirKey() {
        String nameless = rating("x", 3).replace("\"id\":\"x\",", "");
        String batch = "[" + nameless + "," + rating("own", 2) + "," + nameless + "]";
        List<String> first = idsOf(keyed("order-4711-a", batch));
        assertThat(first).hasSize(3).doesNotHaveDuplicates();
        assertThat(first.get(0)).startsWith("ik-");
        assertThat(first.get(1)).isEqualTo("own");
        assertThat(idsOf(keyed("\"order-4711-a\"", batch))).isEqualTo(first);
        assertThat(idsOf(keyed("order-4711-b", batch)).getFirst()).isNotEqualTo(first.getFirst());
        assertThat(pulled(TopicCatalogue.INTERACTIONS, 9))
                .hasSize(9)
                .extracting(message -> message.getAttributesOrThrow("ce-id"))
                .containsAll(first);
    }

    @Test
    void aKeyThatIsNoneIsRefusedAndNothingIsPublished() {
        for (String key : List.of("short", "with a space in it", "x".repeat(201))) {
            keyed(key, "[" + rating("x", 3) + "]")
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("invalid-parameter")
                    .jsonPath("$.errors[0].place")
                    .isEqualTo("header Idempotency-Key");
        }
        assertThat(pull(TopicCatalogue.INTERACTIONS)).isEmpty();
    }

    private WebTestClient.ResponseSpec keyed(String key, String batch) {
        return api.post()
                .uri("/v1/events")
                .contentType(BATCH)
                .header("Idempotency-Key", key)
                .bodyValue(batch)
                .exchange();
    }

    private static List<String> idsOf(WebTestClient.ResponseSpec answer) {
        String body =
                answer.expectStatus()
                        .isAccepted()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody();
        return new JsonMapper()
                .readTree(body)
                .path("events")
                .valueStream()
                .map(event -> event.path("id").asString())
                .toList();
    }

    @Test
    void publishesTheGoodOnesOfABatchAndTellsOfTheOthers() {
        String stranger = rating("x", 1).replace("interactions.rated", "activity.rated");
        post(
                        BATCH,
                        "["
                                + rating("a", 4)
                                + ","
                                + rating("b", 9)
                                + ","
                                + stranger
                                + ",7,"
                                + offer("c")
                                + "]")
                .expectStatus()
                .isEqualTo(207)
                .expectBody()
                .jsonPath("$.accepted")
                .isEqualTo(2)
                .jsonPath("$.refused")
                .isEqualTo(3)
                .jsonPath("$.events[0].status")
                .isEqualTo("accepted")
                .jsonPath("$.events[1].status")
                .isEqualTo("refused")
                .jsonPath("$.events[1].id")
                .isEqualTo("b")
                .jsonPath("$.events[1].place")
                .isEqualTo("$[1].data.value")
                .jsonPath("$.events[2].place")
                .isEqualTo("$[2].type")
                .jsonPath("$.events[3].place")
                .isEqualTo("$[3]")
                .jsonPath("$.events[4].status")
                .isEqualTo("accepted");
        assertThat(ids(pulled(TopicCatalogue.INTERACTIONS, 1))).containsExactly("a");
        assertThat(ids(pulled(TopicCatalogue.OFFERS, 1))).containsExactly("c");
        assertThat(pull(TopicCatalogue.ACTIVITY)).isEmpty();
    }

    @Test
    void publishesNothingOfABatchInWhichAllIsBad() {
        post(BATCH, "[" + rating("a", 9) + "," + rating("b", 0) + "]")
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("invalid-event")
                .jsonPath("$.errors.length()")
                .isEqualTo(2)
                .jsonPath("$.errors[1].index")
                .isEqualTo(1)
                .jsonPath("$.errors[1].place")
                .isEqualTo("$[1].data.value")
                .jsonPath("$.errors[1].reason")
                .isNotEmpty();
        assertThat(pull(TopicCatalogue.INTERACTIONS)).isEmpty();
    }

    @Test
    void keepsTheOrderOfAUsersEvents() {
        String batch =
                IntStream.range(0, 1000)
                        .mapToObj(n -> rating("n-" + n, 1 + n % 5))
                        .collect(Collectors.joining(",", "[", "]"));
        post(BATCH, batch)
                .expectStatus()
                .isAccepted()
                .expectBody()
                .jsonPath("$.accepted")
                .isEqualTo(1000);
        assertThat(ids(pulled(TopicCatalogue.INTERACTIONS, 1000)))
                .containsExactlyElementsOf(
                        IntStream.range(0, 1000).mapToObj(n -> "n-" + n).toList());
    }

    @Test
    void publishesAgainWhatComesAgainUnderTheSameName() {
        post(STRUCTURED, rating("twice", 4)).expectStatus().isAccepted();
        post(STRUCTURED, rating("twice", 4)).expectStatus().isAccepted();
        assertThat(ids(pulled(TopicCatalogue.INTERACTIONS, 2))).containsExactly("twice", "twice");
    }

    @Test
    void refusesABatchOfMoreThanAThousand() {
        post(BATCH, "[" + "7,".repeat(1000) + "7]")
                .expectStatus()
                .isEqualTo(413)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("too-large");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000_001, 1_600_000, 20_000_000})
    void refusesABodyThatIsTooLarge(int size) {
        post(STRUCTURED, " ".repeat(Math.max(size, 1_048_577)))
                .expectStatus()
                .isEqualTo(413)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("too-large");
    }

    @Test
    void refusesALargeBodyThatDoesNotSayHowLargeItIs() {
        var chunks = reactor.core.publisher.Flux.range(0, 40).map(_ -> " ".repeat(100_000));
        api.post()
                .uri("/v1/events")
                .contentType(STRUCTURED)
                .body(chunks, String.class)
                .exchange()
                .expectStatus()
                .isEqualTo(413);
    }

    @Test
    void refusesOtherForms() {
        post(MediaType.TEXT_PLAIN, "hello")
                .expectStatus()
                .isEqualTo(415)
                .expectHeader()
                .valueMatches("Accept", ".*application/cloudevents\\+json.*")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("unsupported-media-type");
    }

    @Test
    void saysWhereABodyIsNoJson() {
        post(STRUCTURED, "{\n  \"id\": oops\n}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("malformed-json")
                .jsonPath("$.errors[0].place")
                .isEqualTo("line 2, column 9");
    }

    @Test
    void answers503WhileTheBrokerIsAwayAndAcceptsTheSameAgainLater() {
        platform.stopBroker();
        try {
            long start = System.nanoTime();
            post(BATCH, "[" + rating("away", 4) + "," + rating("bad", 9) + "]")
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .valueEquals("Retry-After", "2")
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("broker-unavailable")
                    .jsonPath("$.detail")
                    .value(
                            String.class,
                            detail -> assertThat(detail).contains("same source and id"))
                    .jsonPath("$.errors[0].index")
                    .isEqualTo(0)
                    .jsonPath("$.errors[1].place")
                    .isEqualTo("$[1].data.value");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(4));
        } finally {
            platform.startBroker();
        }
        AtomicInteger attempts = new AtomicInteger(1);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                        () -> {
                            attempts.incrementAndGet();
                            post(STRUCTURED, rating("away", 4)).expectStatus().isAccepted();
                        });
        // The client kept what it could not publish: it comes too, and is a duplicate downstream.
        assertThat(ids(pulled(TopicCatalogue.INTERACTIONS, attempts.get())))
                .hasSize(attempts.get())
                .containsOnly("away");
    }

    private WebTestClient.ResponseSpec post(MediaType type, String body) {
        return api.post().uri("/v1/events").contentType(type).bodyValue(body).exchange();
    }

    private static String rating(String id, double value) {
        return """
               {"specversion":"1.0","id":"%s","source":"app","type":"io.farandole.interactions.rated.v1",
                "time":"2026-11-01T10:00:00Z","data":{"user":"42","offer":"movie-1","value":%s}}"""
                .formatted(id, value);
    }

    private static String offer(String id) {
        return """
               {"specversion":"1.0","id":"%s","source":"app","type":"io.farandole.offers.published.v1",
                "data":{"offer":"movie-1","title":"T","categories":["A"],"priceCents":0,"digital":true}}"""
                .formatted(id);
    }

    /** At least so many messages, waiting for them. */
    private List<PubsubMessage> pulled(Topic<?> topic, int atLeast) {
        List<PubsubMessage> messages = new ArrayList<>();
        await().until(
                        () -> {
                            messages.addAll(pull(topic));
                            return messages.size() >= atLeast;
                        });
        return messages;
    }

    private List<PubsubMessage> pull(Topic<?> topic) {
        return pubsub.pullAndAck(topic.name() + ".test", 1000, true);
    }

    private static List<String> ids(List<PubsubMessage> messages) {
        return messages.stream().map(message -> message.getAttributesOrThrow("ce-id")).toList();
    }

    private static InteractionEvent decoded(PubsubMessage message) {
        var decoded =
                new EventCodec()
                        .decode(
                                TopicCatalogue.INTERACTIONS,
                                message.getAttributesMap(),
                                message.getData().toByteArray(),
                                Instant.now());
        assertThat(decoded).isInstanceOf(Understood.class);
        return ((Understood<InteractionEvent>) decoded).message().event();
    }
}

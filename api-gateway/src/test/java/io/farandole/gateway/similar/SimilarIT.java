package io.farandole.gateway.similar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.gateway.Platform;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimilarIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int CATALOGUE = 4;

    private final Platform platform = Platform.shared();

    @BeforeEach
    void fill() {
        platform.run("truncate catalogue.items, catalogue.offers, popularity.counted");
        platform.serveNoRelease();
        item("a", "Heat", "[\"Crime\"]");
        item("b", "Casino", "[\"Crime\",\"Drama\"]");
        item("c", "Babe", "[\"Children\"]");
        item("d", "Ronin", "[\"Crime\"]");
        item("e", "Short", "[]");
        platform.run(
                """
                insert into popularity.counted values ('c', 9000000000000, 9, 9), ('a', 5000000000000, 5, 5),
                  ('d', 3000000000000, 3, 3), ('b', 2000000000000, 2, 2), ('e', 1000000000000, 1, 1)
                """);
        // What is popular is kept at hand for a moment.
        await().untilAsserted(() -> assertThat(items(get("offer-a"))).containsExactly("d", "b"));
    }

    @AfterEach
    void withdraw() {
        platform.serveNoRelease();
    }

    @Test
    void servesWhatTheReleaseKnows() {
        platform.serve("r1", "models/abc");
        platform.run(
                """
                insert into deployment.similar values ('r1', 'a', 1, 'a', 1), ('r1', 'a', 2, 'b', 0.5),
                  ('r1', 'a', 3, 'gone', 0.4), ('r1', 'a', 4, 'c', 0.25), ('r2', 'a', 1, 'd', 0.9), ('r1', 'd', 1, 'a', 1)
                """);
        JsonNode answer = get("offer-a");
        assertThat(answer.path("offer").asString()).isEqualTo("offer-a");
        assertThat(answer.path("item").asString()).isEqualTo("a");
        assertThat(items(answer)).containsExactly("b", "c");
        assertThat(answer.path("similar").path(0))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"item":"b","offers":["offer-b"],"title":"Casino","categories":["Crime","Drama"],
                                 "score":0.5,"why":{"sentence":"Those who liked Heat liked it too.",
                                                    "parts":{"similarTo":"a"}}}
                                """));
        JsonNode params = answer.path("params");
        assertThat(params.path("origin").asString()).isEqualTo("model");
        assertThat(params.path("release").asString()).isEqualTo("r1");
        assertThat(params.path("model").asString()).isEqualTo("models/abc");
        assertThat(params.path("callId").asString()).hasSize(36);
        assertThat(items(get("offer-a?limit=1"))).containsExactly("b");
        assertThat(items(get("offer-d"))).containsExactly("a");
    }

    @Test
    void tellsThatNothingHasChangedToWhomKnowsThat() {
        platform.serve("r1", "models/abc");
        platform.run(
                "insert into deployment.similar values ('r1', 'a', 1, 'b', 1), ('r1', 'a', 2, 'c',"
                        + " 0.5)");
        String tag = tag("\"another\"", 200);
        assertThat(tag(tag, 304)).isEqualTo(tag);
        platform.put(
                "catalogue.offers",
                CATALOGUE,
                "offer-b",
                "{\"item\":\"b\",\"priceCents\":0,\"stock\":0}");
        assertThat(tag(tag, 200)).isNotEqualTo(tag);
    }

    private String tag(String known, int status) {
        return Objects.requireNonNull(
                platform.api()
                        .get()
                        .uri("/v1/offers/offer-a/similar")
                        .header("If-None-Match", known)
                        .exchange()
                        .expectStatus()
                        .isEqualTo(status)
                        .expectBody()
                        .returnResult()
                        .getResponseHeaders()
                        .getETag());
    }

    @Test
    void leavesOutWhatCannotBeHadButAnswersForIt() {
        platform.serve("r1", "models/abc");
        platform.run(
                "insert into deployment.similar values ('r1', 'a', 1, 'b', 1), ('r1', 'a', 2, 'c',"
                        + " 0.5)");
        platform.put(
                "catalogue.offers",
                CATALOGUE,
                "offer-b",
                "{\"item\":\"b\",\"priceCents\":0,\"stock\":0}");
        platform.put(
                "catalogue.offers",
                CATALOGUE,
                "offer-a",
                "{\"item\":\"a\",\"priceCents\":0,\"withdrawn\":true,\"withdrawals\":{\"a\":[\"2026-01-01T00:00:00Z\",\"app\",\"w\"]}}");
        assertThat(items(get("offer-a"))).containsExactly("c");
    }

    @Test
    void servesWhatIsPopularOfTheSameCategoriesWhenTheReleaseKnowsNothing() {
        platform.serve("r1", "models/abc");
        JsonNode answer = get("offer-a");
        assertThat(items(answer)).containsExactly("d", "b");
        assertThat(answer.path("params").path("origin").asString()).isEqualTo("popular");
        assertThat(answer.path("params").has("release")).isFalse();
        assertThat(answer.path("similar").path(0).path("why").path("sentence").asString())
                .isEqualTo("Popular now: 3 users liked it.");
        assertThat(items(get("offer-a?limit=1"))).containsExactly("d");
    }

    @Test
    void servesAnEmptyListWhenNothingIsLikeIt() {
        for (String offer : List.of("offer-e", "offer-c")) {
            JsonNode answer = get(offer);
            assertThat(answer.path("similar").isArray()).isTrue();
            assertThat(items(answer)).isEmpty();
            assertThat(answer.path("params").path("origin").asString()).isEqualTo("none");
        }
    }

    @Test
    void answersBeforeThereAreReleasesAndRecoversByItself() {
        platform.serve("r1", "models/abc");
        platform.run("insert into deployment.similar values ('r1', 'a', 1, 'c', 1)");
        platform.run("alter schema deployment rename to not_there_yet");
        try {
            assertThat(items(get("offer-a"))).containsExactly("d", "b");
        } finally {
            platform.run("alter schema not_there_yet rename to deployment");
        }
        assertThat(items(get("offer-a"))).containsExactly("c");
    }

    @Test
    void tellsThatNobodyKnowsTheOffer() {
        // One of which only the stock was told belongs to no item yet.
        platform.put("catalogue.offers", CATALOGUE, "stocked", "{\"stock\":3}");
        for (String offer : List.of("nothing", "stocked")) {
            platform.api()
                    .get()
                    .uri("/v1/offers/" + offer + "/similar")
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("unknown-offer");
        }
    }

    @ParameterizedTest
    @CsvSource({"offer-a/similar?limit=0, limit", "%20/similar, id"})
    void namesTheParameterThatIsWrong(String asked, String parameter) {
        platform.api()
                .get()
                .uri(
                        java.net.URI.create(
                                "http://127.0.0.1:" + platform.apiPort() + "/v1/offers/" + asked))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].place")
                .isEqualTo(parameter);
    }

    private void item(String id, String title, String categories) {
        platform.put(
                "catalogue.items",
                CATALOGUE,
                id,
                "{\"title\":\"%s\",\"categories\":%s,\"offers\":[\"offer-%s\"]}"
                        .formatted(title, categories, id));
        platform.put(
                "catalogue.offers",
                CATALOGUE,
                "offer-" + id,
                "{\"item\":\"" + id + "\",\"priceCents\":0}");
    }

    private JsonNode get(String offer) {
        int query = offer.indexOf('?');
        String path =
                query < 0
                        ? offer + "/similar"
                        : offer.substring(0, query) + "/similar" + offer.substring(query);
        return JSON.readTree(
                platform.api()
                        .get()
                        .uri("/v1/offers/" + path)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody());
    }

    private static List<String> items(JsonNode answer) {
        return answer.path("similar")
                .valueStream()
                .map(entry -> entry.path("item").asString())
                .toList();
    }
}

package io.farandole.gateway.recommendations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.gateway.Platform;
import io.farandole.gateway.SmallCulture;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How answers came about, told beside them. */
@TestInstance(Lifecycle.PER_CLASS)
class ExplanationIT {

    private static final String RELEASE =
            """
            {"release":"r1","run":"run-r1","model":"models/abc","spec":"ease:lambda=200",
             "dataFingerprint":"data-of-r1"}
            """;

    private final Platform platform = Platform.shared();

    @BeforeAll
    void fill() {
        SmallCulture.fill(platform);
        platform.put(
                "profile.items",
                7,
                "20|film",
                """
                {"user":"20","item":"film","value":4.5,"rated":["2026-11-20T10:00:00Z","app","rating-7"],
                 "bookings":[]}
                """);
        platform.put(
                "profile.items",
                7,
                "20|isbn-1",
                """
                {"user":"20","item":"isbn-1","bookings":[{"booking":"b1","state":"MADE","priceCents":1500,
                  "told":["2026-11-21T10:00:00Z","app","booking-8"]}]}
                """);
        platform.put(
                "personalisation.lists",
                2,
                "20",
                """
                {"lists":{"r1":{"model":"models/abc","version":5,"entries":[
                  {"item":"isbn-1","score":0.9,"why":{"because":["film"],"categories":[],"popularity":3}},
                  {"item":"play","score":0.7,"why":{"because":["film"],"categories":[],"popularity":2}},
                  {"item":"isbn-2","score":0,"why":{"because":[],"categories":["LIVRE"],"popularity":5}}]}}}
                """);
        platform.serve("r1", "models/abc");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(
                                                get("/v1/users/20/playlists?mixedBy=none")
                                                        .path("offers")
                                                        .path(0)
                                                        .path("item")
                                                        .asString())
                                        .isEqualTo("play"));
    }

    @AfterAll
    void withdraw() {
        platform.serveNoRelease();
    }

    @Test
    void tellsOfAListItsReleaseItsScoresAndWhatTheUserDid() {
        JsonNode how = get("/v1/users/20/recommendations?explain=true").path("explanation");
        assertThat(how.path("release")).isEqualTo(json(RELEASE));
        assertThat(how.path("items"))
                .isEqualTo(
                        json(
                                """
                                [{"item":"play","source":"model",
                                  "score":{"total":0.7,"because":["film"],"categories":[],"popularityRank":2},
                                  "acts":[{"item":"film","kind":"rated","value":4.5,"at":"2026-11-20T10:00:00Z",
                                           "event":{"source":"app","id":"rating-7"}}]},
                                 {"item":"isbn-2","source":"taste",
                                  "score":{"total":0.0,"because":[],"categories":["LIVRE"],"popularityRank":5},
                                  "acts":[{"item":"isbn-1","kind":"booked","at":"2026-11-21T10:00:00Z",
                                           "event":{"source":"app","id":"booking-8"}}]}]
                                """));
        assertThat(how.path("removedBy")).isEqualTo(json("{\"not-had-yet\":1}"));
        assertThat(texts(how.path("notKnown")))
                .containsExactly(
                        "how much each act counts: the list says in which order, not how much");
    }

    @Test
    void saysWhatIsNotKnown() {
        platform.run("update deployment.releases set dataset = null");
        try {
            assertThat(
                            texts(
                                    get("/v1/users/20/recommendations?explain=true")
                                            .path("explanation")
                                            .path("notKnown")))
                    .contains("which data release r1 learnt from");
        } finally {
            platform.run("update deployment.releases set dataset = 'data-of-r1'");
        }
    }

    @Test
    void tellsOfAPlaylistWhereEachOfferCameFrom() {
        JsonNode how = get("/v1/users/20/playlists?explain=true&mixedBy=none").path("explanation");
        assertThat(
                        how.path("items")
                                .valueStream()
                                .map(
                                        one ->
                                                one.path("item").asString()
                                                        + " "
                                                        + one.path("source").asString()))
                .startsWith("play model", "isbn-2 taste")
                .contains("show popular", "gig popular");
        assertThat(how.path("release")).isEqualTo(json(RELEASE));
        assertThat(how.path("removedBy").path("not-had-yet").asInt()).isPositive();
    }

    @Test
    void tellsOfWhatIsSimilarWhoseReleaseItIsAndWhatRulesKeptBack() {
        platform.run(
                """
                insert into deployment.similar values ('r1', 'gig', 1, 'isbn-1', 1), ('r1', 'gig', 2, 'play', 0.9),
                  ('r1', 'gig', 3, 'gig-2', 0.8), ('r1', 'gig', 4, 'isbn-2', 0.7)
                """);
        try {
            JsonNode answer = get("/v1/offers/free-concert/similar?user=20&explain=true");
            JsonNode how = answer.path("explanation");
            assertThat(how.path("release")).isEqualTo(json(RELEASE));
            assertThat(how.path("items"))
                    .isEqualTo(
                            json(
                                    """
                                    [{"item":"play","source":"similar","acts":[]},
                                     {"item":"isbn-2","source":"similar","acts":[]}]
                                    """));
            // One was booked, of one nothing is left.
            assertThat(how.path("removedBy")).isEqualTo(json("{\"in-stock\":1,\"not-had-yet\":1}"));
            assertThat(get("/v1/offers/free-concert/similar?explain=0").has("explanation"))
                    .isFalse();
        } finally {
            platform.run("truncate deployment.similar");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/users/20/recommendations",
                "/v1/users/20/playlists",
                "/v1/offers/book/similar"
            })
    void saysThatItMayBeAskedForOrNot(String path) {
        platform.api()
                .get()
                .uri(path + "?explain=perhaps")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].place")
                .isEqualTo("explain");
    }

    @Test
    void tellsNobodyWhoDoesNotAsk() {
        assertThat(get("/v1/users/20/recommendations").has("explanation")).isFalse();
        assertThat(get("/v1/users/20/playlists").has("explanation")).isFalse();
        assertThat(get("/v1/popular?explain=true").path("explanation").path("items").size())
                .isPositive();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private JsonNode get(String path) {
        return json(
                Objects.requireNonNull(
                        platform.api()
                                .get()
                                .uri(path)
                                .exchange()
                                .expectStatus()
                                .isOk()
                                .expectBody(String.class)
                                .returnResult()
                                .getResponseBody()));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}

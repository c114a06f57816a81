package io.farandole.gateway.recommendations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.gateway.Platform;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RecommendationsIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LISTS = 2;
    private static final int CATALOGUE = 4;

    private final Platform platform = Platform.shared();
    private final WebTestClient api = platform.api();

    @BeforeEach
    void fill() {
        platform.run(
                """
                truncate personalisation.lists, catalogue.items, catalogue.offers, popularity.counted,
                  profile.users, profile.items
                """);
        platform.serveNoRelease();
        item("movie-1", "Toy Story (1995)", "[\"Animation\",\"Comedy\"]", "{}");
        item("movie-2", "Jumanji (1995)", "[\"Adventure\"]", "{}");
        item("movie-3", "Heat (1995)", "[]", "{}");
        platform.run(
                """
                insert into popularity.counted values
                  ('movie-2', 3000000000000, 3, 4), ('movie-3', 1000000000000, 1, 1),
                  ('movie-1', 1000000000000, 1, 9), ('movie-9', 9000000000000, 9, 9), ('movie-0', 0, 0, 5)
                """);
        awaitPopular("movie-2", "movie-1", "movie-3");
    }

    @Test
    void servesTheUsersListWithTitlesAndWhy() {
        list(
                LISTS,
                "42",
                """
                {"user":"42","version":7,"causedBy":{"source":"app","id":"rating-1"},"at":"2026-11-22T11:59:00.5Z",
                 "entries":[
                   {"item":"movie-2","score":0.75,"why":{"categories":["Adventure"],"popularity":12}},
                   {"item":"movie-1","score":0.5,"why":{"categories":["Comedy"],"popularity":3}}]}
                """);
        JsonNode answer = get("42");
        assertThat(answer.path("user").asString()).isEqualTo("42");
        JsonNode first = answer.path("recommendations").path(0);
        assertThat(first)
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"item":"movie-2","offers":["movie-2"],"title":"Jumanji (1995)",
                                 "categories":["Adventure"],"score":0.75,
                                 "why":{"sentence":"You like Adventure; no. 12 of what everyone likes.",
                                        "parts":{"categories":["Adventure"],"popularity":12}}}
                                """));
        assertThat(items(answer)).containsExactly("movie-2", "movie-1");
        JsonNode params = answer.path("params");
        assertThat(params.path("origin").asString()).isEqualTo("taste");
        assertThat(params.path("release").asString()).isEqualTo("taste");
        assertThat(params.has("model")).isFalse();
        assertThat(params.path("listVersion").asInt()).isEqualTo(7);
        assertThat(params.path("causedBy"))
                .isEqualTo(JSON.readTree("{\"source\":\"app\",\"id\":\"rating-1\"}"));
        assertThat(params.path("refreshedAt").asString()).isEqualTo("2026-11-22T11:59:00.500Z");
        assertThat(params.path("callId").asString()).hasSize(36);
    }

    @Test
    void servesTheListOfTheReleaseThatIsServed() {
        lists(
                LISTS,
                "42",
                """
                {"taste": {"version":9,"entries":[{"item":"movie-1","score":1,"why":{}}]},
                 "r1": {"release":"r1","model":"models/abc","version":3,
                        "causedBy":{"source":"app","id":"rating-2"},"at":"2026-11-22T11:59:00.5Z",
                        "entries":[
                          {"item":"movie-2","score":0.75,
                           "why":{"because":["movie-3","movie-77","movie-1"],"categories":["Adventure"],
                                  "popularity":2}},
                          {"item":"movie-1","score":0.5,"why":{"because":[],"categories":["Comedy"]}}]},
                 "r2": {"model":"models/def","version":1,
                        "entries":[{"item":"movie-3","score":1,"why":{"because":["movie-1"]}}]}}
                """);
        assertThat(items(get("42"))).containsExactly("movie-1");
        platform.serve("r1", "models/abc");
        JsonNode answer = get("42");
        assertThat(items(answer)).containsExactly("movie-2", "movie-1");
        JsonNode why = answer.path("recommendations").path(0).path("why");
        // Of what is not in the catalogue any more there is no title.
        assertThat(why.path("sentence").asString())
                .isEqualTo("Because you liked Heat (1995) and Toy Story (1995).");
        assertThat(why.path("parts").path("because").path(1).asString()).isEqualTo("movie-77");
        assertThat(answer.path("recommendations").path(1).path("why").path("sentence").asString())
                .isEqualTo("You like Comedy.");
        JsonNode params = answer.path("params");
        assertThat(params.path("origin").asString()).isEqualTo("model");
        assertThat(params.path("release").asString()).isEqualTo("r1");
        assertThat(params.path("model").asString()).isEqualTo("models/abc");
        assertThat(params.path("listVersion").asInt()).isEqualTo(3);
        assertThat(params.path("causedBy").path("id").asString()).isEqualTo("rating-2");
        assertThat(params.path("refreshedAt").asString()).isEqualTo("2026-11-22T11:59:00.500Z");
        platform.serve("r2", "models/def");
        assertThat(items(get("42"))).containsExactly("movie-3");
    }

    @Test
    void servesWhatIsPopularToWhomTheReleaseDoesNotKnow() {
        list(LISTS, "42", entries("movie-3"));
        platform.serve("r1", "models/abc");
        JsonNode params = get("42").path("params");
        assertThat(params.path("origin").asString()).isEqualTo("popular");
        assertThat(params.has("release")).isFalse();
    }

    @Test
    void namesThreeOfWhatTheUserLikedAtMost() {
        for (int i = 1; i <= 5; i++) {
            item("liked-" + i, "Film " + i, "[]", "{}");
        }
        list(
                LISTS,
                "42",
                """
                {"version":1,"model":"m","entries":[{"item":"movie-1","score":1,
                  "why":{"because":["liked-4","liked-2","liked-5","liked-1"]}}]}
                """);
        assertThat(
                        get("42")
                                .path("recommendations")
                                .path(0)
                                .path("why")
                                .path("sentence")
                                .asString())
                .isEqualTo("Because you liked Film 4, Film 2 and Film 5.");
    }

    @Test
    void servesWhatIsPopularBeforeThereAreListsAndRecoversByItself() {
        list(LISTS, "42", entries("movie-3"));
        platform.run("alter view personalisation.served rename to not_there_yet");
        try {
            assertThat(get("42").path("params").path("origin").asString()).isEqualTo("popular");
        } finally {
            platform.run("alter view personalisation.not_there_yet rename to served");
        }
        assertThat(items(get("42"))).containsExactly("movie-3");
    }

    @Test
    void readsTheActiveGenerationsOnly() {
        list(1, "42", entries("movie-1"));
        list(3, "42", entries("movie-3"));
        assertThat(get("42").path("params").path("origin").asString()).isEqualTo("popular");
        list(LISTS, "42", entries("movie-2"));
        platform.put(
                "catalogue.items",
                5,
                "movie-2",
                "{\"title\":\"Another\",\"categories\":[],\"offers\":[\"movie-2\"]}");
        JsonNode answer = get("42");
        assertThat(items(answer)).containsExactly("movie-2");
        assertThat(answer.path("recommendations").path(0).path("title").asString())
                .isEqualTo("Jumanji (1995)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"withdrawn\":true}",
                "{\"approved\":false}",
                "{\"stock\":0}",
                "{\"withdrawn\":true,\"approved\":true,\"stock\":5}"
            })
    void leavesOutWhatCannotBeHad(String offer) {
        list(LISTS, "42", entries("movie-1", "movie-2", "movie-3"));
        offer("movie-1", "movie-1", offer);
        assertThat(items(get("42"))).containsExactly("movie-2", "movie-3");
        awaitPopular("movie-2", "movie-3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{\"stock\":null,\"approved\":true,\"withdrawn\":false}",
                "{\"stock\":1}"
            })
    void keepsWhatCanBeHad(String offer) {
        list(LISTS, "42", entries("movie-1"));
        offer("movie-1", "movie-1", offer);
        assertThat(items(get("42"))).containsExactly("movie-1");
    }

    @Test
    void namesTheOffersThatCanBeHad() {
        offer("gone", "book", "{\"withdrawn\":true}");
        offer("here", "book", "{\"stock\":2}");
        platform.put(
                "catalogue.items",
                CATALOGUE,
                "book",
                "{\"title\":\"A book\",\"categories\":[],\"offers\":[\"gone\",\"here\",\"unknown\"]}");
        list(LISTS, "42", entries("book"));
        assertThat(get("42").path("recommendations").path(0).path("offers"))
                .isEqualTo(JSON.readTree("[\"here\"]"));
    }

    @Test
    void leavesOutWhatTheCatalogueDoesNotKnow() {
        list(LISTS, "42", entries("movie-77", "movie-1"));
        assertThat(items(get("42"))).containsExactly("movie-1");
    }

    @Test
    void servesAsManyAsAskedForAfterLeavingOut() {
        offer("movie-1", "movie-1", "{\"withdrawn\":true}");
        list(LISTS, "42", entries("movie-1", "movie-2", "movie-3"));
        assertThat(items(get("42", "?limit=1"))).containsExactly("movie-2");
        assertThat(items(get("42", "?limit=100&unknown=1"))).containsExactly("movie-2", "movie-3");
    }

    @Test
    void servesWhatIsPopularToWhomNobodyKnows() {
        JsonNode answer = get("nobody");
        assertThat(items(answer)).containsExactly("movie-2", "movie-1", "movie-3");
        JsonNode params = answer.path("params");
        assertThat(params.path("origin").asString()).isEqualTo("popular");
        assertThat(params.has("listVersion")).isFalse();
        assertThat(params.has("causedBy")).isFalse();
        JsonNode first = answer.path("recommendations").path(0);
        assertThat(first.path("title").asString()).isEqualTo("Jumanji (1995)");
        assertThat(first.path("score").asDouble()).isEqualTo(3.0);
        assertThat(first.path("why").path("sentence").asString())
                .isEqualTo("Popular now: 3 users liked it.");
        assertThat(items(get("nobody", "?limit=2"))).hasSize(2);
    }

    @Test
    void servesWhatIsPopularInsteadOfAnEmptyList() {
        list(LISTS, "42", "{\"user\":\"42\",\"version\":3,\"entries\":[]}");
        JsonNode answer = get("42");
        assertThat(answer.path("params").path("origin").asString()).isEqualTo("popular");
        assertThat(items(answer)).isNotEmpty();
    }

    @Test
    void servesAnEmptyListWhileNothingIsKnown() {
        platform.run("truncate popularity.counted");
        awaitPopular();
        JsonNode answer = get("42");
        assertThat(answer.path("params").path("origin").asString()).isEqualTo("none");
        assertThat(answer.path("recommendations").isArray()).isTrue();
    }

    @Test
    void tellsThatNothingHasChangedToWhomKnowsThat() {
        list(LISTS, "42", entries("movie-1", "movie-2"));
        String tag = tag("42", "\"another\"", 200);
        assertThat(tag("42", tag, 304)).isEqualTo(tag);
        assertThat(tag("42", "W/\"x\", " + tag, 304)).isEqualTo(tag);
        // Of the same list not the same may be shown.
        offer("movie-1", "movie-1", "{\"stock\":0}");
        String without = tag("42", tag, 200);
        list(LISTS, "42", entries("movie-1", "movie-2").replace("\"version\":1", "\"version\":2"));
        assertThat(tag("42", without, 200)).isNotEqualTo(without);
    }

    private String tag(String user, String known, int status) {
        var answer =
                api.get()
                        .uri(address(user, ""))
                        .header("If-None-Match", known)
                        .exchange()
                        .expectStatus()
                        .isEqualTo(status)
                        .expectBody(String.class)
                        .returnResult();
        assertThat(answer.getResponseBody() == null).isEqualTo(status == 304);
        return java.util.Objects.requireNonNull(answer.getResponseHeaders().getETag());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0", "101", "-1", "ten", "1.5", "''", "5&limit=6", "%00"})
    void namesTheParameterThatIsWrong(String limit) {
        URI address = address("42", "?limit=" + limit.replace("'", ""));
        api.get()
                .uri(address)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("invalid-parameter")
                .jsonPath("$.errors[0].place")
                .isEqualTo("limit");
    }

    @ParameterizedTest
    @CsvSource({"%20", "a%00b", "%0A", "%F0%9F%98%80"})
    void refusesWhatIsNoUserId(String id) {
        api.get()
                .uri(address(id, ""))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].place")
                .isEqualTo("id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"' or 1=1 --", "a%2Fb", "%C3%A9", "$1", ":user", "%25"})
    void takesAnyOtherIdAsItIs(String id) {
        api.get().uri(address(id, "")).exchange().expectStatus().isOk();
    }

    @Test
    void givesACallOneIdEverywhere() {
        var exchanged =
                api.get().uri(address("42", "")).exchange().expectBody(String.class).returnResult();
        String header = exchanged.getResponseHeaders().getFirst("Call-Id");
        assertThat(
                        JSON.readTree(exchanged.getResponseBody())
                                .path("params")
                                .path("callId")
                                .asString())
                .isEqualTo(header);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing, 404, not-found",
        "GET, /v1/users/42, 404, not-found",
        "DELETE, /v1/users/42/recommendations, 405, method-not-allowed",
        "GET, /v1/events, 405, method-not-allowed"
    })
    void tellsProblemsOfAddressesToo(String method, String path, int status, String code) {
        api.method(org.springframework.http.HttpMethod.valueOf(method))
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:farandole:problem:" + code)
                .jsonPath("$.code")
                .isEqualTo(code)
                .jsonPath("$.status")
                .isEqualTo(status)
                .jsonPath("$.title")
                .isNotEmpty()
                .jsonPath("$.detail")
                .isNotEmpty()
                .jsonPath("$.instance")
                .isNotEmpty();
    }

    @Test
    void isThereForThisMachineAlone() {
        api.get()
                .uri(address("42", ""))
                .header("Host", "elsewhere.example.org")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("unauthenticated");
    }

    @Test
    void tellsThatItSpeaksJsonOnly() {
        api.get()
                .uri(address("42", ""))
                .accept(MediaType.TEXT_HTML)
                .exchange()
                .expectStatus()
                .isEqualTo(406)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    private void awaitPopular(String... items) {
        // What is popular is kept at hand for a moment.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(items(get("nobody-at-all"))).containsExactly(items));
    }

    private void item(String id, String title, String categories, String offer) {
        platform.put(
                "catalogue.items",
                CATALOGUE,
                id,
                "{\"title\":\"%s\",\"categories\":%s,\"offers\":[\"%s\"]}"
                        .formatted(title, categories, id));
        offer(id, id, offer);
    }

    /**
     * @param more what is to be said of it, beside its item and that it is free
     */
    private void offer(String id, String item, String more) {
        ObjectNode value = JSON.createObjectNode().put("item", item).put("priceCents", 0);
        value.setAll((ObjectNode) JSON.readTree(more));
        platform.put("catalogue.offers", CATALOGUE, id, value.toString());
    }

    private void list(int generation, String user, String value) {
        lists(generation, user, "{\"taste\":" + value + "}");
    }

    private void lists(int generation, String user, String byRelease) {
        platform.put("personalisation.lists", generation, user, "{\"lists\":" + byRelease + "}");
    }

    private static String entries(String... items) {
        return "{\"version\":1,\"entries\":["
                + String.join(
                        ",",
                        List.of(items).stream()
                                .map(item -> "{\"item\":\"" + item + "\",\"score\":1,\"why\":{}}")
                                .toList())
                + "]}";
    }

    private JsonNode get(String user) {
        return get(user, "");
    }

    private JsonNode get(String user, String query) {
        String body =
                api.get()
                        .uri(address(user, query))
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectHeader()
                        .contentType(MediaType.APPLICATION_JSON)
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody();
        return JSON.readTree(body);
    }

    private URI address(String user, String query) {
        return URI.create(
                "http://127.0.0.1:"
                        + platform.apiPort()
                        + "/v1/users/"
                        + user.replace(" ", "%20")
                        + "/recommendations"
                        + query);
    }

    private static List<String> items(JsonNode answer) {
        return answer.path("recommendations")
                .valueStream()
                .map(entry -> entry.path("item").asString())
                .toList();
    }
}

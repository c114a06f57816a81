package io.farandole.gateway.playlists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.gateway.Platform;
import io.farandole.gateway.SmallCulture;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(Lifecycle.PER_CLASS)
class PlaylistsIT {

    private static final String USER = "/v1/users/20/playlists";
    private static final String OTHER = "/v1/users/21/playlists";
    private static final String NOBODY = "/v1/playlists";
    private static final String HERE = "latitude=48.85&longitude=2.34";

    private final Platform platform = Platform.shared();

    @BeforeAll
    void fill() {
        SmallCulture.fill(platform);
        // All offers are read again every moment.
        await().untilAsserted(
                        () ->
                                assertThat(items(get(USER, "mixedBy=none")))
                                        .containsExactly("isbn-2", "show", "play", "film", "gig"));
    }

    @AfterAll
    void withdraw() {
        platform.serveNoRelease();
    }

    @Test
    void pagesRepeatNothingThoughTheListChangesBetweenThem() {
        platform.put(
                "profile.items", 7, "21|other", "{\"user\":\"21\",\"item\":\"other\",\"value\":5}");
        platform.put(
                "profile.users",
                7,
                "21",
                """
                {"user":"21","movements":[{"told":["2026-01-01T00:00:00Z","app","c1"],"cents":30000}]}
                """);
        list("21", 3, "isbn-2", "isbn-1", "play");
        JsonNode first = get(OTHER, "limit=2&mixedBy=none");
        assertThat(items(first)).containsExactly("isbn-2", "isbn-1");
        list("21", 4, "gig", "isbn-1", "isbn-2", "show");
        List<String> rest = new ArrayList<>();
        JsonNode page = first;
        while (page.has("next")) {
            page = get(OTHER, "limit=2&mixedBy=none&after=" + page.path("next").asString());
            rest.addAll(items(page));
        }
        assertThat(rest).containsExactly("gig", "film", "play");
        assertThat(page.path("params").path("listVersion").asInt()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "categories=CINEMA | film",
                "searchGroups=SPECTACLE,MUSIQUE | show play gig",
                "subcategories=CONCERT&subcategories=LIVRE_NUMERIQUE | isbn-2 gig",
                "priceMaxCents=0 | show gig",
                "priceMinCents=701&priceMaxCents=900 | isbn-2 film",
                "digital=true | isbn-2",
                "digital=false&priceMaxCents=0 | show gig",
                "startsAfter=2020-01-01 | show play film gig",
                "startsBefore=2020-01-01 | ",
                "latitude=43.3&longitude=5.37&radius=5000 | isbn-2 film",
                "zone=marseille | isbn-2 film",
                "zone=paris&digital=false | show play film gig"
            })
    void everyOfferIsAsWasWished(String query, String items) {
        assertThat(items(get(USER, query)))
                .containsExactlyInAnyOrder(
                        items == null ? new String[0] : items.strip().split(" "));
    }

    @Test
    void aScenarioDoesWhatIsConfiguredAndSaysSo() {
        JsonNode answer = get(USER, "mixedBy=none&scenario=home");
        // isbn-1 was had: a pin lifts no rule.
        assertThat(items(answer)).containsExactly("play", "film", "isbn-2", "show");
        JsonNode scenario = answer.path("params").path("scenario");
        assertThat(scenario.path("scenario").asString()).isEqualTo("home");
        assertThat(scenario.path("rules").valueStream().map(JsonNode::asString))
                .containsExactly("exclude", "boost", "pin");
        assertThat(scenario.path("pinned").valueStream().map(JsonNode::asString))
                .containsExactly("play");
        assertThat(scenario.path("boosted").valueStream().map(JsonNode::asString))
                .containsExactly("film");
        assertThat(get(USER, "mixedBy=none").path("params").has("scenario")).isFalse();
    }

    @Test
    void aScenarioThatThereIsNotIsRefused() {
        platform.api()
                .get()
                .uri(USER + "?scenario=attic")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].place")
                .isEqualTo("scenario")
                .jsonPath("$.errors[0].reason")
                .isEqualTo("is none of books, home, late, trial");
    }

    @Test
    void tellsHowFarItIsAndPutsTheNearestFirst() {
        List<JsonNode> offers =
                get(USER, HERE + "&sort=distance").path("offers").valueStream().toList();
        List<Long> metres =
                offers.stream()
                        .filter(offer -> offer.has("metres"))
                        .map(offer -> offer.path("metres").asLong())
                        .toList();
        assertThat(metres).hasSize(4).isSorted();
        assertThat(offers.getLast().path("item").asString()).isEqualTo("isbn-2");
    }

    @Test
    void takesABodyToo() {
        JsonNode answer =
                JsonMapper.shared()
                        .readTree(
                                Objects.requireNonNull(
                                        platform.api()
                                                .post()
                                                .uri(USER + "?categories=CINEMA")
                                                .contentType(MediaType.APPLICATION_JSON)
                                                .bodyValue(
                                                        "{\"categories\":[\"MUSIQUE\",\"LIVRE\"],\"digital\":false}")
                                                .exchange()
                                                .expectStatus()
                                                .isOk()
                                                .expectBody(String.class)
                                                .returnResult()
                                                .getResponseBody()));
        assertThat(items(answer)).containsExactly("gig");
    }

    /** Who would say what they wish in vain, is told. */
    @Test
    void aBodyIsJson() {
        for (String path : List.of(USER, NOBODY)) {
            platform.api()
                    .post()
                    .uri(path)
                    .contentType(MediaType.TEXT_PLAIN)
                    .bodyValue("{\"priceMaxCents\":0}")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(415)
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("unsupported-media-type");
        }
    }

    @Test
    void tellsThatNothingHasChangedToWhomKnowsThat() {
        String tag = tag("limit=2", "\"another\"", 200);
        assertThat(tag("limit=2", tag, 304)).isEqualTo(tag);
        assertThat(tag("limit=3", tag, 200)).isNotEqualTo(tag);
        // Another version of the list, though it begins with the same.
        list("20", 9, "isbn-2", "show", "isbn-1", "gig-2", "play");
        try {
            assertThat(tag("limit=2", tag, 200)).isNotEqualTo(tag);
        } finally {
            list("20", 3, "isbn-2", "show", "isbn-1", "gig-2", "play");
        }
    }

    private String tag(String query, String known, int status) {
        return Objects.requireNonNull(
                platform.api()
                        .get()
                        .uri(address(USER, query))
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
    void isLikeSeveralOffersInTurn() {
        platform.serve("r1", "models/abc");
        platform.run(
                """
                insert into deployment.similar values ('r1', 'film', 1, 'show', 1), ('r1', 'film', 2, 'play', 0.9),
                  ('r1', 'isbn-1', 1, 'isbn-2', 1), ('r1', 'isbn-1', 2, 'gig', 0.9), ('r1', 'isbn-1', 3, 'film', 0.8)
                """);
        String like = "offers=cine-tonight,book,nobody-knows-it&mixedBy=none";
        JsonNode answer = get(USER, like);
        assertThat(items(answer)).containsExactly("show", "isbn-2", "play", "gig");
        assertThat(answer.path("params").path("origin").asString()).isEqualTo("similar");
        assertThat(answer.path("params").path("release").asString()).isEqualTo("r1");
        // Nobody knows how old somebody is of whom nothing is known.
        assertThat(items(get(NOBODY, like))).containsExactly("isbn-2", "play", "gig");
        platform.serveNoRelease();
        assertThat(items(get(NOBODY, ""))).doesNotContain("show").contains("film", "play", "gig");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=101, limit",
        "after=nonsense, after",
        "latitude=48.85, longitude",
        "radius=500, radius",
        "sort=distance, sort",
        "sort=worst, sort",
        "mixedBy=chance, mixedBy",
        "zone=atlantis, zone",
        "digital=perhaps, digital",
        "priceMinCents=5&priceMaxCents=4, priceMaxCents",
        "startsAfter=2026-01-02&startsBefore=2026-01-01, startsBefore",
        "startsAfter=tonight, startsAfter"
    })
    void namesTheParameterThatIsWrong(String query, String parameter) {
        platform.api()
                .get()
                .uri(address(USER, query))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("invalid-parameter")
                .jsonPath("$.errors[0].place")
                .isEqualTo(parameter);
    }

    private void list(String user, int version, String... items) {
        platform.put(
                "personalisation.lists",
                2,
                user,
                Stream.of(items)
                        .map("{\"item\":\"%s\",\"score\":1}"::formatted)
                        .collect(
                                Collectors.joining(
                                        ",",
                                        "{\"lists\":{\"taste\":{\"release\":\"taste\",\"version\":"
                                                + version
                                                + ",\"entries\":[",
                                        "]}}}")));
    }

    private JsonNode get(String path, String query) {
        return JsonMapper.shared()
                .readTree(
                        Objects.requireNonNull(
                                platform.api()
                                        .get()
                                        .uri(address(path, query))
                                        .exchange()
                                        .expectStatus()
                                        .isOk()
                                        .expectBody(String.class)
                                        .returnResult()
                                        .getResponseBody()));
    }

    private URI address(String path, String query) {
        return URI.create("http://127.0.0.1:" + platform.apiPort() + path + "?" + query);
    }

    private static List<String> items(JsonNode answer) {
        return answer.path("offers")
                .valueStream()
                .map(offer -> offer.path("item").asString())
                .toList();
    }
}

package io.farandole.gateway.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.Platform;
import io.farandole.gateway.SmallCulture;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What scenarios do to users' own lists, of v1 and at the old addresses. */
@TestInstance(Lifecycle.PER_CLASS)
class ScenariosIT {

    private static final String V1 = "/v1/users/20/recommendations";
    private static final String OLD =
            "/recommendation/20?isRecoMixed=false&token=" + Platform.OLD_TOKEN;

    private final Platform platform = Platform.shared();

    @BeforeAll
    void fill() {
        SmallCulture.fill(platform);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // The list as it is: isbn-1 was had, gig-2 is sold out.
                " | isbn-2 show play",
                // A pin lifts no rule: isbn-1 is not there, though it is pinned.
                "home | play isbn-2 show",
                "books | isbn-2",
                "late | play isbn-2 show"
            })
    void anOwnListIsArranged(String scenario, String items) {
        assertThat(items(get(V1 + query("?", scenario)))).containsExactly(items.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " | ebook adults theatre cine-far free-concert",
                "home | theatre cine-far ebook adults",
                "books | ebook",
                "late | theatre ebook adults cine-far free-concert"
            })
    void theOldListsAreToo(String scenario, String offers) {
        assertThat(offers(get(OLD + query("&", scenario)), "recommended_offers"))
                .containsExactly(offers.split(" "));
    }

    @Test
    void whatIsSimilarAtTheOldAddressIsToo() {
        assertThat(
                        offers(
                                get(
                                        "/similar_offers/ebook?token="
                                                + Platform.OLD_TOKEN
                                                + "&scenario=home"),
                                "results"))
                .containsExactly("theatre", "book");
    }

    @Test
    void whatIsSimilarIsArrangedAndHasNotTheItemItself() {
        platform.serve("r1", "models/abc");
        platform.run(
                """
                insert into deployment.similar values ('r1', 'play', 1, 'isbn-2', 1), ('r1', 'play', 2, 'gig', 0.9),
                  ('r1', 'play', 3, 'film', 0.8)
                """);
        try {
            JsonNode plain = get("/v1/offers/theatre/similar?user=20");
            assertThat(similar(plain)).containsExactly("isbn-2", "gig", "film");
            // play is pinned in its first place, but it is what the others are like.
            JsonNode home = get("/v1/offers/theatre/similar?user=20&scenario=home");
            assertThat(similar(home)).containsExactly("film", "isbn-2");
            assertThat(texts(home.path("params").path("scenario").path("boosted")))
                    .containsExactly("film");
        } finally {
            platform.serveNoRelease();
        }
    }

    private static List<String> similar(JsonNode answer) {
        return answer.path("similar")
                .valueStream()
                .map(entry -> entry.path("item").asString())
                .toList();
    }

    @Test
    void saysWhatItDid() {
        JsonNode scenario = get(V1 + "?scenario=home&explain=true");
        JsonNode applied = scenario.path("params").path("scenario");
        assertThat(applied.path("scenario").asString()).isEqualTo("home");
        assertThat(texts(applied.path("rules"))).containsExactly("exclude", "boost", "pin");
        assertThat(texts(applied.path("pinned"))).containsExactly("play");
        assertThat(scenario.path("explanation").path("items").path(0).path("source").asString())
                .isEqualTo("pinned");
        JsonNode boosted = get(V1 + "?scenario=late").path("params").path("scenario");
        assertThat(texts(boosted.path("boosted"))).containsExactly("play");
        assertThat(get(V1).path("params").has("scenario")).isFalse();
    }

    @Test
    void aPinThatIsOnNoListHasItsOffersAndAReason() {
        // Of somebody who is fifteen play is not on the list, and too dear; film is not on it.
        JsonNode answer = get("/v1/users/nobody/recommendations?scenario=home");
        JsonNode pinned = answer.path("recommendations").path(0);
        assertThat(pinned.path("item").asString()).isEqualTo("play");
        assertThat(texts(pinned.path("offers"))).containsExactly("theatre");
        assertThat(pinned.path("why").path("parts").path("by").asString()).isEqualTo("pin");
        assertThat(items(get("/v1/users/15/recommendations?scenario=home")))
                .doesNotContain("play", "show")
                .contains("isbn-1");
    }

    @Test
    void triesWhatMayBeShownAndSaysSo() {
        Set<String> tried = new HashSet<>();
        for (int call = 0; call < 40; call++) {
            JsonNode answer = get(V1 + "?scenario=trial");
            List<String> explored = texts(answer.path("params").path("scenario").path("explored"));
            assertThat(items(answer))
                    .containsAll(explored)
                    .doesNotHaveDuplicates()
                    .doesNotContain("isbn-1", "gig-2", "play-2");
            tried.addAll(explored);
        }
        // All are new, so each may be tried, those of the list as well.
        assertThat(tried).contains("film", "gig");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                V1 + "?scenario=attic",
                V1 + "/stream?scenario=attic",
                OLD + "&scenario=attic"
            })
    void oneThatThereIsNotIsRefused(String path) {
        platform.api()
                .get()
                .uri(address(path))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].place")
                .isEqualTo("scenario");
    }

    private static String query(String before, @Nullable String scenario) {
        return scenario == null ? "" : before + "scenario=" + scenario;
    }

    private JsonNode get(String path) {
        return JsonMapper.shared()
                .readTree(
                        Objects.requireNonNull(
                                platform.api()
                                        .get()
                                        .uri(address(path))
                                        .exchange()
                                        .expectStatus()
                                        .isOk()
                                        .expectBody(String.class)
                                        .returnResult()
                                        .getResponseBody()));
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + platform.apiPort() + path);
    }

    private static List<String> items(JsonNode answer) {
        return answer.path("recommendations")
                .valueStream()
                .map(entry -> entry.path("item").asString())
                .toList();
    }

    private static List<String> offers(JsonNode answer, String key) {
        return texts(answer.path(key));
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}

package io.farandole.gateway.playlists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.gateway.Platform;
import io.farandole.gateway.SmallCulture;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What everyone likes, and what is liked more than before. */
@TestInstance(Lifecycle.PER_CLASS)
class PopularIT {

    private final Platform platform = Platform.shared();

    @BeforeAll
    void fill() {
        SmallCulture.fill(platform);
        // A quarter of the watermark's window is over: of the window one back, three quarters are
        // within 28 days.
        platform.run(
                """
                insert into popularity.counted values ('play', 9000000000000, 9, 9), ('gig', 5000000000000, 5, 5),
                  ('film', 4000000000000, 4, 4), ('show', 3000000000000, 3, 3);
                truncate popularity.counted_by_window;
                insert into popularity.counted_by_window values
                  ('play', 0, 2, 0.25), ('play', 1, 80, 0.25), ('play', 2, 80, 0.25), ('play', 3, 80, 0.25),
                  ('film', 0, 3, 0.25), ('film', 1, 4, 0.25), ('film', 2, 0, 0.25),
                  ('gig', 0, 10, 0.25), ('gig', 1, 40, 0.25), ('gig', 2, 0, 0.25),
                  ('isbn-2', 9, 50, 0.25), ('show', 0, 100, 0.25)
                """);
        await().untilAsserted(
                        () -> {
                            assertThat(items(get("/v1/popular", "limit=2&digital=false")))
                                    .containsExactly("play", "gig");
                            assertThat(items(get("/v1/trending", ""))).startsWith("gig");
                        });
    }

    @AfterAll
    void empty() {
        platform.run("truncate popularity.counted_by_window, popularity.counted");
    }

    @Test
    void whatEveryoneLikesIsNotForEveryone() {
        JsonNode answer = get("/v1/popular", "");
        // Behind what somebody liked, what nobody has yet.
        assertThat(items(answer)).containsExactly("play", "gig", "film", "isbn-1", "isbn-2");
        assertThat(answer.path("params").path("origin").asString()).isEqualTo("popular");
        assertThat(items(get("/v1/popular", "user=20")))
                .containsExactly("play", "gig", "film", "show", "isbn-2");
        assertThat(items(get("/v1/popular", "user=15")))
                .containsExactly("gig", "film", "isbn-1", "isbn-2");
    }

    @Test
    void whatWasLikedInAWindow() {
        // play 2 + 60, gig 10 + 30, film 3 + 3.
        assertThat(items(get("/v1/popular", "window=28d")))
                .startsWith("play", "gig", "film")
                .hasSize(5);
        // play 2 + 80 + 60.
        assertThat(items(get("/v1/popular", "window=56d&limit=1"))).containsExactly("play");
        assertThat(items(get("/v1/popular", "window=280d&limit=3")))
                .containsExactly("play", "gig", "isbn-2");
    }

    @Test
    void whatIsLikedMoreThanBefore() {
        JsonNode answer = get("/v1/trending", "");
        // gig 40 : 10, film 6 : 1; play 62 : 80 less than before, so behind with what is popular.
        assertThat(items(answer)).containsExactly("gig", "film", "play", "isbn-1", "isbn-2");
        assertThat(answer.path("params").path("origin").asString()).isEqualTo("trending");
        assertThat(items(get("/v1/trending", "user=20&limit=2"))).containsExactly("show", "gig");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "categories=CINEMA | film",
                "searchGroups=SPECTACLE,MUSIQUE | play gig",
                "priceMaxCents=0 | gig",
                "latitude=43.3&longitude=5.37&radius=5000 | film isbn-2",
                "zone=marseille | film isbn-2",
                "zone=paris | play gig film isbn-1 isbn-2",
                "subcategories=OPERA | "
            })
    void everyOneIsAsWasWished(String query, String items) {
        String[] wished = items == null ? new String[0] : items.strip().split(" ");
        assertThat(items(get("/v1/popular", query))).containsExactly(wished);
        assertThat(items(get("/v1/trending", query))).containsExactlyInAnyOrder(wished);
    }

    @Test
    void pagesRepeatNothing() {
        JsonNode first = get("/v1/popular", "limit=3");
        assertThat(items(get("/v1/popular", "limit=3&after=" + first.path("next").asString())))
                .containsExactly("isbn-1", "isbn-2");
    }

    @Test
    void tellsThatNothingHasChangedToWhomKnowsThat() {
        String tag = tag("limit=2", "\"another\"", 200);
        assertThat(tag("limit=2", tag, 304)).isEqualTo(tag);
        assertThat(tag("limit=3", tag, 200)).isNotEqualTo(tag);
    }

    private String tag(String query, String known, int status) {
        return Objects.requireNonNull(
                platform.api()
                        .get()
                        .uri(address("/v1/popular", query))
                        .header("If-None-Match", known)
                        .exchange()
                        .expectStatus()
                        .isEqualTo(status)
                        .expectBody()
                        .returnResult()
                        .getResponseHeaders()
                        .getETag());
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/popular, window=27d, window",
        "/v1/popular, window=364d, window",
        "/v1/trending, window=all, window",
        "/v1/trending, radius=5, radius",
        "/v1/popular, user=%00, user",
        "/v1/trending, zone=atlantis, zone"
    })
    void namesTheParameterThatIsWrong(String path, String query, String parameter) {
        platform.api()
                .get()
                .uri(address(path, query))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("invalid-parameter")
                .jsonPath("$.errors[0].place")
                .isEqualTo(parameter);
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

package io.farandole.gateway.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.Platform;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;

/** Of a list what can be had now, and whether that is another than it was. */
@TestInstance(Lifecycle.PER_CLASS)
class AvailableIT {

    private static final JsonMapper JSON = new JsonMapper();

    private final Films films = new Films();
    private final Platform platform = Platform.shared();
    private final WebTestClient api = Platform.shared().api();

    @BeforeAll
    void fill() {
        films.fill();
    }

    @BeforeEach
    void reset() {
        films.reset();
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
        films.list(Films.LISTS, "42", Films.entries("movie-1", "movie-2", "movie-3"));
        films.offer("movie-1", "movie-1", offer);
        assertThat(Films.items(films.get("42"))).containsExactly("movie-2", "movie-3");
        films.awaitPopular("movie-2", "movie-3");
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
        films.list(Films.LISTS, "42", Films.entries("movie-1"));
        films.offer("movie-1", "movie-1", offer);
        assertThat(Films.items(films.get("42"))).containsExactly("movie-1");
    }

    @Test
    void namesTheOffersThatCanBeHad() {
        films.offer("gone", "book", "{\"withdrawn\":true}");
        films.offer("here", "book", "{\"stock\":2}");
        platform.put(
                "catalogue.items",
                Films.CATALOGUE,
                "book",
                "{\"title\":\"A book\",\"categories\":[],\"offers\":[\"gone\",\"here\",\"unknown\"]}");
        films.list(Films.LISTS, "42", Films.entries("book"));
        assertThat(films.get("42").path("recommendations").path(0).path("offers"))
                .isEqualTo(JSON.readTree("[\"here\"]"));
    }

    @Test
    void leavesOutWhatTheCatalogueDoesNotKnow() {
        films.list(Films.LISTS, "42", Films.entries("movie-77", "movie-1"));
        assertThat(Films.items(films.get("42"))).containsExactly("movie-1");
    }

    @Test
    void servesAsManyAsAskedForAfterLeavingOut() {
        films.offer("movie-1", "movie-1", "{\"withdrawn\":true}");
        films.list(Films.LISTS, "42", Films.entries("movie-1", "movie-2", "movie-3"));
        assertThat(Films.items(films.get("42", "?limit=1"))).containsExactly("movie-2");
        assertThat(Films.items(films.get("42", "?limit=100&unknown=1")))
                .containsExactly("movie-2", "movie-3");
    }

    @Test
    void tellsThatNothingHasChangedToWhomKnowsThat() {
        films.list(Films.LISTS, "42", Films.entries("movie-1", "movie-2"));
        String tag = tag("42", "\"another\"", 200);
        assertThat(tag("42", tag, 304)).isEqualTo(tag);
        assertThat(tag("42", "W/\"x\", " + tag, 304)).isEqualTo(tag);
        // Of the same list not the same may be shown.
        films.offer("movie-1", "movie-1", "{\"stock\":0}");
        String without = tag("42", tag, 200);
        films.list(
                Films.LISTS,
                "42",
                Films.entries("movie-1", "movie-2").replace("\"version\":1", "\"version\":2"));
        assertThat(tag("42", without, 200)).isNotEqualTo(without);
    }

    private String tag(String user, String known, int status) {
        var answer =
                api.get()
                        .uri(films.address(user, ""))
                        .header("If-None-Match", known)
                        .exchange()
                        .expectStatus()
                        .isEqualTo(status)
                        .expectBody(String.class)
                        .returnResult();
        assertThat(answer.getResponseBody() == null).isEqualTo(status == 304);
        return Objects.requireNonNull(answer.getResponseHeaders().getETag());
    }
}

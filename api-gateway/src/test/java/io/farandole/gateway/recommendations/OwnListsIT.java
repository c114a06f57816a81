package io.farandole.gateway.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.Platform;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A user's own list: its order, its reasons, and what it is of. */
@TestInstance(Lifecycle.PER_CLASS)
class OwnListsIT {

    private static final JsonMapper JSON = new JsonMapper();

    private final Films films = new Films();
    private final Platform platform = Platform.shared();

    @BeforeAll
    void fill() {
        films.fill();
    }

    @BeforeEach
    void reset() {
        films.reset();
    }

    @Test
    void servesTheUsersListWithTitlesAndWhy() {
        films.list(
                Films.LISTS,
                "42",
                """
                {"user":"42","version":7,"causedBy":{"source":"app","id":"rating-1"},"at":"2026-11-22T11:59:00.5Z",
                 "entries":[
                   {"item":"movie-2","score":0.75,"why":{"categories":["Adventure"],"popularity":12}},
                   {"item":"movie-1","score":0.5,"why":{"categories":["Comedy"],"popularity":3}}]}
                """);
        JsonNode answer = films.get("42");
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
        assertThat(Films.items(answer)).containsExactly("movie-2", "movie-1");
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
        films.lists(
                Films.LISTS,
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
        assertThat(Films.items(films.get("42"))).containsExactly("movie-1");
        platform.serve("r1", "models/abc");
        JsonNode answer = films.get("42");
        assertThat(Films.items(answer)).containsExactly("movie-2", "movie-1");
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
        assertThat(Films.items(films.get("42"))).containsExactly("movie-3");
    }

    @Test
    void namesThreeOfWhatTheUserLikedAtMost() {
        for (int i = 1; i <= 5; i++) {
            films.item("liked-" + i, "Film " + i, "[]", "{}");
        }
        films.list(
                Films.LISTS,
                "42",
                """
                {"version":1,"model":"m","entries":[{"item":"movie-1","score":1,
                  "why":{"because":["liked-4","liked-2","liked-5","liked-1"]}}]}
                """);
        assertThat(
                        films.get("42")
                                .path("recommendations")
                                .path(0)
                                .path("why")
                                .path("sentence")
                                .asString())
                .isEqualTo("Because you liked Film 4, Film 2 and Film 5.");
    }

    @Test
    void readsTheActiveGenerationsOnly() {
        films.list(1, "42", Films.entries("movie-1"));
        films.list(3, "42", Films.entries("movie-3"));
        assertThat(films.get("42").path("params").path("origin").asString()).isEqualTo("popular");
        films.list(Films.LISTS, "42", Films.entries("movie-2"));
        platform.put(
                "catalogue.items",
                5,
                "movie-2",
                "{\"title\":\"Another\",\"categories\":[],\"offers\":[\"movie-2\"]}");
        JsonNode answer = films.get("42");
        assertThat(Films.items(answer)).containsExactly("movie-2");
        assertThat(answer.path("recommendations").path(0).path("title").asString())
                .isEqualTo("Jumanji (1995)");
    }
}

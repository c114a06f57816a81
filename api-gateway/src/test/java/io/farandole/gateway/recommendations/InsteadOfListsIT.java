package io.farandole.gateway.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.Platform;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

/** What is shown to whom has no list. */
@TestInstance(Lifecycle.PER_CLASS)
class InsteadOfListsIT {

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
    void servesWhatIsPopularToWhomTheReleaseDoesNotKnow() {
        films.list(Films.LISTS, "42", Films.entries("movie-3"));
        platform.serve("r1", "models/abc");
        JsonNode params = films.get("42").path("params");
        assertThat(params.path("origin").asString()).isEqualTo("popular");
        assertThat(params.has("release")).isFalse();
    }

    @Test
    void servesWhatIsPopularBeforeThereAreListsAndRecoversByItself() {
        films.list(Films.LISTS, "42", Films.entries("movie-3"));
        platform.run("alter view personalisation.served rename to not_there_yet");
        try {
            assertThat(films.get("42").path("params").path("origin").asString())
                    .isEqualTo("popular");
        } finally {
            platform.run("alter view personalisation.not_there_yet rename to served");
        }
        assertThat(Films.items(films.get("42"))).containsExactly("movie-3");
    }

    @Test
    void servesWhatIsPopularToWhomNobodyKnows() {
        JsonNode answer = films.get("nobody");
        assertThat(Films.items(answer)).containsExactly("movie-2", "movie-1", "movie-3");
        JsonNode params = answer.path("params");
        assertThat(params.path("origin").asString()).isEqualTo("popular");
        assertThat(params.has("listVersion")).isFalse();
        assertThat(params.has("causedBy")).isFalse();
        JsonNode first = answer.path("recommendations").path(0);
        assertThat(first.path("title").asString()).isEqualTo("Jumanji (1995)");
        assertThat(first.path("score").asDouble()).isEqualTo(3.0);
        assertThat(first.path("why").path("sentence").asString())
                .isEqualTo("Popular now: 3 users liked it.");
        assertThat(Films.items(films.get("nobody", "?limit=2"))).hasSize(2);
    }

    @Test
    void servesWhatIsPopularInsteadOfAnEmptyList() {
        films.list(Films.LISTS, "42", "{\"user\":\"42\",\"version\":3,\"entries\":[]}");
        JsonNode answer = films.get("42");
        assertThat(answer.path("params").path("origin").asString()).isEqualTo("popular");
        assertThat(Films.items(answer)).isNotEmpty();
    }

    @Test
    void servesAnEmptyListWhileNothingIsKnown() {
        platform.run("truncate popularity.counted");
        try {
            films.awaitPopular();
            JsonNode answer = films.get("42");
            assertThat(answer.path("params").path("origin").asString()).isEqualTo("none");
            assertThat(answer.path("recommendations").isArray()).isTrue();
        } finally {
            films.popular();
        }
    }
}

package io.farandole.gateway.playlists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.gateway.Platform;
import io.farandole.gateway.SmallCulture;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lists of v1 show nobody what the old addresses would not. */
class ListsObeyRulesIT {

    private static final int MANY = 40;

    private final Platform platform = Platform.shared();

    @BeforeEach
    void fill() {
        SmallCulture.fill(platform);
        platform.serve("r1", "models/abc");
    }

    @AfterEach
    void withdraw() {
        platform.serveNoRelease();
    }

    @Test
    void aListIsLeftWithoutWhatIsNotForItsUser() {
        // isbn-1 was booked, gig-2 is sold out, play-2 is over.
        list("20", "isbn-2", "show", "isbn-1", "gig-2", "play-2", "play", "isbn-2");
        assertThat(recommended("20", 20)).containsExactly("isbn-2", "show", "play");
        // For adults alone, and dearer than the credit.
        list("15", "show", "play", "isbn-1", "isbn-2");
        assertThat(recommended("15", 20)).containsExactly("isbn-1", "isbn-2");
    }

    @Test
    void ofWhomNoBirthDateIsKnownIsNoAdult() {
        list("someone", "show", "gig");
        assertThat(recommended("someone", 20)).containsExactly("gig");
    }

    @Test
    void whatIsPopularIsNotForEveryone() {
        platform.run(
                """
                insert into popularity.counted
                  select key, 1000000000000, 1, 1 from catalogue.items where generation = 4
                """);
        await().untilAsserted(
                        () ->
                                assertThat(recommended("nobody", 20))
                                        .containsExactly(
                                                "film", "gig", "isbn-1", "isbn-2", "play"));
        // Nothing of the list may be shown, so what is popular is: within credit, and for their
        // age.
        list("15", "show", "play");
        assertThat(recommended("15", 20)).containsExactly("film", "gig", "isbn-1", "isbn-2");
        assertThat(recommended("20", 20)).containsExactly("film", "gig", "isbn-2", "play", "show");
    }

    @Test
    void listsAreReadOnWhereRulesLeaveTooFew() {
        platform.fill(() -> IntStream.range(0, MANY).forEach(n -> adults("adults-" + n)));
        list(
                "15",
                Stream.concat(
                                IntStream.range(0, MANY).mapToObj(n -> "adults-" + n),
                                Stream.of("isbn-1", "gig", "isbn-2"))
                        .toArray(String[]::new));
        assertThat(recommended("15", 2)).containsExactly("isbn-1", "gig");
    }

    @Test
    void whatIsSimilarIsForWhomItIsShownTo() {
        platform.run(
                """
                insert into deployment.similar values ('r1', 'film', 1, 'show', 1), ('r1', 'film', 2, 'play', 0.9),
                  ('r1', 'film', 3, 'isbn-1', 0.8), ('r1', 'film', 4, 'gig-2', 0.7), ('r1', 'film', 5, 'gig', 0.6)
                """);
        assertThat(similar("")).containsExactly("play", "isbn-1", "gig");
        assertThat(similar("?user=15")).containsExactly("isbn-1", "gig");
        assertThat(similar("?user=20")).containsExactly("show", "play", "gig");
        assertThat(similar("?user=20&limit=1")).containsExactly("show");
    }

    private void adults(String item) {
        platform.put(
                "catalogue.items",
                4,
                item,
                "{\"item\":\"%1$s\",\"categories\":[],\"offers\":[\"o-%1$s\"]}".formatted(item));
        platform.put(
                "catalogue.offers",
                4,
                "o-" + item,
                "{\"item\":\"%s\",\"priceCents\":0,\"details\":{\"minimumAge\":18}}"
                        .formatted(item));
    }

    private void list(String user, String... items) {
        platform.put(
                "personalisation.lists",
                2,
                user,
                Stream.of(items)
                        .map("{\"item\":\"%s\",\"score\":1,\"why\":{}}"::formatted)
                        .collect(
                                Collectors.joining(
                                        ",",
                                        "{\"lists\":{\"r1\":{\"model\":\"m\",\"version\":1,\"entries\":[",
                                        "]}}}")));
    }

    private List<String> recommended(String user, int limit) {
        return items(
                get("/v1/users/" + user + "/recommendations?limit=" + limit), "recommendations");
    }

    private List<String> similar(String query) {
        return items(get("/v1/offers/cine-tonight/similar" + query), "similar");
    }

    private static List<String> items(JsonNode answer, String list) {
        return answer.path(list).valueStream().map(entry -> entry.path("item").asString()).toList();
    }

    private JsonNode get(String path) {
        return JsonMapper.shared()
                .readTree(
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
}

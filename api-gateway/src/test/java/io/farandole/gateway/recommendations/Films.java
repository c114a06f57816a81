package io.farandole.gateway.recommendations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.gateway.Platform;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Three films, what is popular of them, and how to ask for lists of them. */
final class Films {

    /** The generations that are served. */
    static final int LISTS = 2;

    static final int CATALOGUE = 4;

    private static final JsonMapper JSON = new JsonMapper();

    private final Platform platform = Platform.shared();
    private final WebTestClient api = platform.api();

    /** Once for all tests of a class: it takes a moment until it is what is popular. */
    void fill() {
        platform.run(
                """
                truncate personalisation.lists, catalogue.items, catalogue.offers, popularity.counted,
                  profile.users, profile.items
                """);
        reset();
        popular();
    }

    /** As they were filled, but for what is popular. */
    void reset() {
        platform.fill(this::put);
    }

    private void put() {
        platform.run("truncate personalisation.lists");
        platform.serveNoRelease();
        item("movie-1", "Toy Story (1995)", "[\"Animation\",\"Comedy\"]", "{}");
        item("movie-2", "Jumanji (1995)", "[\"Adventure\"]", "{}");
        item("movie-3", "Heat (1995)", "[]", "{}");
    }

    void popular() {
        platform.run(
                """
                truncate popularity.counted;
                insert into popularity.counted values
                  ('movie-2', 3000000000000, 3, 4), ('movie-3', 1000000000000, 1, 1),
                  ('movie-1', 1000000000000, 1, 9), ('movie-9', 9000000000000, 9, 9), ('movie-0', 0, 0, 5)
                """);
        awaitPopular("movie-2", "movie-1", "movie-3");
    }

    void awaitPopular(String... items) {
        // What is popular is kept at hand for a moment.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(items(get("nobody-at-all"))).containsExactly(items));
    }

    void item(String id, String title, String categories, String offer) {
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
    void offer(String id, String item, String more) {
        ObjectNode value = JSON.createObjectNode().put("item", item).put("priceCents", 0);
        value.setAll((ObjectNode) JSON.readTree(more));
        if (value.path("withdrawn").asBoolean(false)) {
            value.putObject("withdrawals")
                    .putArray(item)
                    .add(Instant.now().toString())
                    .add("app")
                    .add("w");
        }
        platform.put("catalogue.offers", CATALOGUE, id, value.toString());
    }

    void list(int generation, String user, String value) {
        lists(generation, user, "{\"taste\":" + value + "}");
    }

    void lists(int generation, String user, String byRelease) {
        platform.put("personalisation.lists", generation, user, "{\"lists\":" + byRelease + "}");
    }

    static String entries(String... items) {
        return "{\"version\":1,\"entries\":["
                + String.join(
                        ",",
                        List.of(items).stream()
                                .map(item -> "{\"item\":\"" + item + "\",\"score\":1,\"why\":{}}")
                                .toList())
                + "]}";
    }

    JsonNode get(String user) {
        return get(user, "");
    }

    JsonNode get(String user, String query) {
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

    URI address(String user, String query) {
        return URI.create(
                "http://127.0.0.1:"
                        + platform.apiPort()
                        + "/v1/users/"
                        + user.replace(" ", "%20")
                        + "/recommendations"
                        + query);
    }

    static List<String> items(JsonNode answer) {
        return answer.path("recommendations")
                .valueStream()
                .map(entry -> entry.path("item").asString())
                .toList();
    }
}

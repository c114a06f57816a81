package io.farandole.gateway.oldapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.Platform;
import io.farandole.gateway.SmallCulture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The twenty-two requests that the old API's own collection made of it after each deployment, one
 * by one, as its description tells of them: with what it sent by mistake, too. They are sent by a
 * client that knows nothing of ours.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OldCollectionIT {

    private static final Duration CEILING = Duration.ofSeconds(10);
    private static final String USER = "20";
    private static final String EVERYTHING = "ebook adults theatre cine-far free-concert";
    private static final String NEAR_EVERYTHING = "ebook adults theatre cine-tonight free-concert";
    private static final String HERE = "&latitude=48.85&longitude=2.34";

    private final Platform platform = Platform.shared();
    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * @param body of a list alone, which is asked for by POST
     * @param key under which offers are, or with which members of health begin; empty for a text
     * @param expected of the text a part, or all offers
     */
    record Sent(String name, String path, String body, int status, String key, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    void fill() {
        SmallCulture.fill(platform);
    }

    static Stream<Sent> collection() {
        return Stream.of(
                        others(),
                        lists("/playlist_recommendation/", 7),
                        lists("/recommendation/", 9))
                .flatMap(requests -> requests);
    }

    private static Stream<Sent> others() {
        return Stream.of(
                text("check", "/check", 200, "OK"),
                text("banner", "/", 200, "Welcome to the recommendation API!"),
                health("recommendable_offers", "recommendable_offers_per_iris_shape_mv"),
                health("non_recommendable_offers", "non_recommendable_offers"),
                health("iris_venues_mv", "iris_venues_mv"),
                text("without a token", "/recommendation/" + USER, 403, "Forbidden"));
    }

    /** Of both addresses the same ones; the first had not all of them. */
    private static Stream<Sent> lists(String path, int count) {
        String now = SmallCulture.now().plusSeconds(60).toString();
        String month = SmallCulture.now().minus(30, ChronoUnit.DAYS).toString();
        return Stream.of(
                        list("no place", path, "", "{}", EVERYTHING),
                        list("a place", path, HERE, "{}", NEAR_EVERYTHING),
                        list("an empty body", path, HERE, "", NEAR_EVERYTHING),
                        list("price 0", path, "", "{\"priceMax\": 0}", "adults free-concert"),
                        // Those of "the last 15 days" sent the variable of 30, too.
                        list(
                                "last 30 days",
                                path,
                                "",
                                "{\"startDate\": \"%s\", \"endDate\": \"%s\"}"
                                        .formatted(month, now),
                                EVERYTHING),
                        // It said category, which was never the name: nothing is filtered by it.
                        list("theatre", path, "", "{\"category\": [\"SPECTACLE\"]}", EVERYTHING),
                        list("cinema", path, "", "{\"category\": [\"CINEMA\"]}", EVERYTHING),
                        list(
                                "tonight",
                                path,
                                HERE,
                                "{\"startDate\": \"%s\", \"endDate\": \"%s\", \"isEvent\": true}"
                                        .formatted(SmallCulture.hours(2), SmallCulture.hours(12)),
                                "adults theatre cine-tonight"),
                        list(
                                "a model by name",
                                path,
                                "",
                                "{\"modelName\": \"top_offers\"}",
                                EVERYTHING))
                .limit(count);
    }

    @Test
    void areTwentyTwo() {
        assertThat(collection()).hasSize(22);
    }

    @ParameterizedTest
    @MethodSource("collection")
    void isAnsweredAsEver(Sent sent) throws IOException, InterruptedException {
        long start = System.nanoTime();
        HttpResponse<String> answer = answer(sent);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(CEILING);
        assertThat(answer.statusCode()).isEqualTo(sent.status());
        if (sent.key().isEmpty()) {
            assertThat(answer.body()).contains(sent.expected());
            return;
        }
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        JsonNode body = JsonMapper.shared().readTree(answer.body());
        if (!body.path(sent.key()).isArray()) {
            assertThat(body.path(sent.key() + "_datasource_exists").asBoolean()).isTrue();
            assertThat(body.path(sent.key() + "_ok").asBoolean()).isTrue();
            return;
        }
        List<String> offers = body.path(sent.key()).valueStream().map(JsonNode::asString).toList();
        assertThat(offers)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrder(sent.expected().split(" "));
        assertThat(body.path("params").path("call_id").asString()).hasSize(36);
        assertThat(body.path("params").path("geo_located").asBoolean())
                .isEqualTo(sent.path().contains("latitude"));
    }

    private HttpResponse<String> answer(Sent sent) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + platform.apiPort() + sent.path()));
        if (!sent.key().isEmpty() && !sent.path().startsWith("/health/")) {
            request.header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(sent.body()));
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static Sent text(String name, String path, int status, String expected) {
        return new Sent(name, path, "", status, "", expected);
    }

    private static Sent health(String name, String view) {
        return new Sent("health of " + name, "/health/" + name, "", 200, "is_" + view, "");
    }

    private static Sent list(String name, String path, String query, String body, String expected) {
        return new Sent(
                path.split("/", -1)[1] + ", " + name,
                path + USER + "?token=" + Platform.OLD_TOKEN + query,
                body,
                200,
                path.startsWith("/playlist") ? "playlist_recommended_offers" : "recommended_offers",
                expected);
    }
}

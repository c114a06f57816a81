package io.farandole.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever is sent, it is answered or refused, and never a fault of ours; and nothing of it becomes
 * part of a statement.
 */
@OneTry
class RoutesFuzzIT {

    private static final int REQUESTS = Boolean.getBoolean("farandole.chaos") ? 10_000 : 1_000;
    private static final long SEED = 20_221_201;

    /** The stream is not among them: a good one never ends. */
    private static final List<String> PATHS =
            List.of(
                    "/recommendation/{id}",
                    "/playlist_recommendation/{id}",
                    "/similar_offers/{id}",
                    "/v1/users/{id}",
                    "/v1/users/{id}/recommendations",
                    "/v1/users/{id}/playlists",
                    "/v1/users/{id}/why-not/{id}",
                    "/v1/playlists",
                    "/v1/events",
                    "/v1/popular",
                    "/v1/trending",
                    "/v1/offers/{id}",
                    "/v1/offers/{id}/similar",
                    "/v1/items/{id}");

    private static final Set<String> WITH_BODY =
            Set.of(
                    "/recommendation/{id}",
                    "/playlist_recommendation/{id}",
                    "/similar_offers/{id}",
                    "/v1/users/{id}/playlists",
                    "/v1/playlists",
                    "/v1/events");

    /** As they are asked for by somebody who means well: of each statement the text. */
    private static final List<String> MEANT_WELL =
            List.of(
                    "/recommendation/20?categories=CINEMA",
                    "/playlist_recommendation/15?latitude=48.85&longitude=2.34&recoRadius=5000",
                    "/similar_offers/book?user_id=20",
                    "/similar_offers/book",
                    "/v1/users/20",
                    "/v1/users/20/recommendations?explain=true&scenario=home",
                    "/v1/users/nobody/recommendations",
                    "/v1/users/20/playlists?explain=true",
                    "/v1/users/20/playlists?offers=book",
                    "/v1/users/20/why-not/book",
                    "/v1/playlists?offers=book&explain=true",
                    "/v1/popular?window=28d&user=20",
                    "/v1/trending?window=56d",
                    "/v1/offers/book",
                    "/v1/offers/nothing",
                    "/v1/offers/book/similar?user=20",
                    "/v1/items/film",
                    "/health/non_recommendable_offers");

    private static final List<String> BODIES =
            List.of(
                    "",
                    "{",
                    "null",
                    "[]",
                    "\"'; select 1; --\"",
                    "[".repeat(5_000),
                    "{\"a\":".repeat(2_000),
                    "{\"limit\":1e400}",
                    "{\"limit\":" + "9".repeat(2_000) + "}",
                    "{\"limit\":3,\"limit\":4}",
                    "{\"\\u0000\":\"\\ud800\"}",
                    "\ufeff{}",
                    "{\"x\":\"" + "x".repeat(70_000) + "\"}");

    private static final List<String> TYPES =
            List.of(
                    "application/json",
                    "application/json",
                    "application/json",
                    "application/json;charset=utf-16",
                    "application/cloudevents+json",
                    "application/cloudevents-batch+json",
                    "text/plain",
                    "a/b/c");

    private static final List<String> ACCEPTED =
            List.of(
                    "application/json",
                    "application/json",
                    "*/*",
                    "*/*",
                    "*/*",
                    "text/html, application/problem+json",
                    "a/b/c",
                    "");

    private static final List<String> NAMES =
            List.of(
                    "longitude",
                    "latitude",
                    "internal",
                    "user_id",
                    "modelName",
                    "startDate",
                    "endDate",
                    "isEvent",
                    "offer_is_duo",
                    "categories",
                    "subcategories",
                    "movieType",
                    "macro_rayon",
                    "priceMax",
                    "price_min",
                    "includeNumericals",
                    "nbRecoDisplay",
                    "recoRadius",
                    "isRecoShuffled",
                    "isRecoMixed",
                    "isSortByDistance",
                    "mixingFeatures",
                    "isDigital",
                    "limit",
                    "after",
                    "user",
                    "window",
                    "zone",
                    "radius",
                    "sort",
                    "mixedBy",
                    "explain",
                    "scenario",
                    "offers",
                    "priceMaxCents",
                    "startsAfter",
                    "colour",
                    "_",
                    "");
    private static final List<String> VALUES =
            List.of(
                    "",
                    "0",
                    "1",
                    "-1",
                    "20",
                    "48.85",
                    "1e309",
                    "NaN",
                    "null",
                    "true",
                    "false",
                    "2026-11-28",
                    "2026-11-28T20:30:00Z",
                    "9999999-01-01",
                    "category",
                    "CINEMA",
                    "28d",
                    "56d",
                    "marseille",
                    "distance",
                    "none",
                    "home",
                    "trial",
                    "' or 1=1 --",
                    "\"; drop table catalogue.offers; --",
                    "$1",
                    ":user",
                    "%00",
                    "\0",
                    "\uD83D",
                    "💃",
                    "a,b,,c",
                    "x".repeat(300),
                    "{}",
                    "[1,2]",
                    "../../etc");
    private static final List<String> IDS =
            List.of("20", "15", "book", "-1", "nobody", "a'b", "a|b", "a%b", "💃", "x".repeat(250));

    private final Platform platform = Platform.shared();
    private final Random random = new Random(SEED);

    @Test
    void isNeverAFaultOfOurs() throws IOException, InterruptedException {
        SmallCulture.fill(platform);
        platform.serve("r1", "models/abc");
        TreeMap<Integer, Integer> statuses = new TreeMap<>();
        Document document = Document.of(platform);
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String path : MEANT_WELL) {
                HttpRequest request = get(path);
                var answer = client.send(request, BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(path).isIn(200, 404);
                assertDescribed(document, path, request, answer);
            }
            Set<String> statements = statements();
            for (int i = 0; i < REQUESTS; i++) {
                String path = any(PATHS);
                HttpRequest request = request(path);
                var answer = client.send(request, BodyHandlers.ofString());
                assertThat(answer.statusCode())
                        .as("request %d of seed %d: %s %s", i, SEED, request, answer.body())
                        .isIn(200, 202, 207, 400, 404, 406, 413, 415);
                assertDescribed(document, path, request, answer);
                statuses.merge(answer.statusCode(), 1, Integer::sum);
            }
            assertThat(statements()).as("SQL that was made of a request").isEqualTo(statements);
        } finally {
            platform.serveNoRelease();
        }
        assertThat(statuses.get(200)).as(statuses.toString()).isGreaterThan(REQUESTS / 10);
        assertThat(statuses.get(400)).as(statuses.toString()).isGreaterThan(REQUESTS / 10);
    }

    private Set<String> statements() {
        return platform.bean(SentStatements.class).texts();
    }

    private HttpRequest get(String path) {
        String token = path.startsWith("/v1") ? "" : "token=" + Platform.OLD_TOKEN;
        return HttpRequest.newBuilder(
                        URI.create(
                                "http://127.0.0.1:"
                                        + platform.apiPort()
                                        + path
                                        + (path.contains("?") ? "&" : "?")
                                        + token))
                .build();
    }

    /** Status, members and types are those of the description, and no others. */
    private static void assertDescribed(
            Document document, String path, HttpRequest request, HttpResponse<String> answer) {
        String described = document.pathLike(path);
        assertThat(
                        document.against(
                                request.method(),
                                described,
                                answer.statusCode(),
                                answer.headers().firstValue("Content-Type").orElse(""),
                                answer.body()))
                .as("%s %s: %s", request.method(), request.uri(), answer.body())
                .isEmpty();
    }

    private HttpRequest request(String path) {
        StringBuilder query = new StringBuilder("token=" + Platform.OLD_TOKEN);
        ObjectNode body = JsonMapper.shared().createObjectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            query.append('&').append(encoded(any(NAMES))).append('=').append(encoded(any(VALUES)));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> body.put(any(NAMES), random.nextInt());
                case 1 -> body.putArray(any(NAMES)).add(any(VALUES)).addNull().add(3);
                case 2 -> body.putObject(any(NAMES)).put("a", any(VALUES));
                default -> body.put(any(NAMES), any(VALUES));
            }
        }
        String named = path;
        while (named.contains("{id}")) {
            named = named.replaceFirst("\\{id}", Matcher.quoteReplacement(encoded(any(IDS))));
        }
        URI uri = URI.create("http://127.0.0.1:" + platform.apiPort() + named + "?" + query);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", any(ACCEPTED));
        boolean isPost = WITH_BODY.contains(path) && random.nextBoolean();
        if (path.equals("/v1/events") || isPost) {
            return request.POST(
                            BodyPublishers.ofString(
                                    random.nextInt(3) == 0 ? any(BODIES) : body.toString()))
                    .header("Content-Type", any(TYPES))
                    .build();
        }
        return request.GET().build();
    }

    private String any(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

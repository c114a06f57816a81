package io.farandole.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.gateway.Platform;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OutagesIT {

    private static final Duration WITHIN = Duration.ofSeconds(3);

    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** Nobody can be shown anything whose age, credit and bookings cannot be read. */
    private static final List<String> OF_SOMEBODY =
            List.of(
                    "/v1/users/42/playlists",
                    "/v1/users/42/why-not/offer",
                    "/v1/users/42",
                    "/v1/offers/offer/similar?user=42",
                    "/v1/popular?user=42",
                    "/v1/trending?user=42",
                    "/recommendation/42?token=" + Platform.OLD_TOKEN,
                    "/playlist_recommendation/42?token=" + Platform.OLD_TOKEN,
                    "/similar_offers/offer?user_id=42&token=" + Platform.OLD_TOKEN);

    /** Of whom nothing is known, what is in memory may do. */
    private static final List<String> OF_NOBODY =
            List.of("/v1/playlists", "/v1/popular", "/v1/trending");

    private final Platform platform = Platform.shared();
    private final WebTestClient api = platform.api();

    @Test
    void getsReadyWithWarmUpDatabaseAndFreshData() {
        awaitReady();
        platform.management()
                .get()
                .uri("/actuator/health/liveness")
                .exchange()
                .expectStatus()
                .isOk();
        platform.management()
                .get()
                .uri("/actuator/health/readiness")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.components.warmUp.status")
                .isEqualTo("UP")
                .jsonPath("$.components.warmUp.details.liveAfterMillis")
                .value(Integer.class, live -> assertThat(live).isPositive())
                .jsonPath("$.components.warmUp.details.readyAfterMillis")
                .value(Integer.class, ready -> assertThat(ready).isPositive())
                .jsonPath("$.components.r2dbc.status")
                .isEqualTo("UP")
                .jsonPath("$.components.offersInMemory.status")
                .isEqualTo("UP")
                .jsonPath("$.components.offersInMemory.details.atMostOldMillis")
                .isNumber()
                // Of the generation that is served, the worker that is furthest.
                .jsonPath("$.components.readModels.details.personalisation")
                .isEqualTo("2026-11-28T11:00:00Z")
                .jsonPath("$.components.readModels.details.profile")
                .isEqualTo("2026-11-28T09:00:00Z");
        platform.api().get().uri("/actuator/health").exchange().expectStatus().isNotFound();
    }

    @Test
    void answers503WhilePostgresIsAwayAndRecoversByItself() {
        awaitReady();
        get().expectStatus().isOk();
        platform.postgres().kill();
        try {
            for (int i = 0; i < 3; i++) {
                assertUnavailableInTime();
            }
            OF_SOMEBODY.forEach(path -> assertUnavailableInTime(api.get().uri(path)));
            OF_NOBODY.forEach(this::assertAnsweredInTime);
            api.get().uri("/check").exchange().expectStatus().isOk();
            platform.management()
                    .get()
                    .uri("/actuator/health/readiness")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(503);
            platform.management()
                    .get()
                    .uri("/actuator/health/liveness")
                    .exchange()
                    .expectStatus()
                    .isOk();
        } finally {
            platform.postgres().restart();
        }
        awaitAllIsWell();
    }

    @Test
    void answers503WhenItHangsWhatNoAnswerCanDoWithout() throws SQLException {
        awaitReady();
        try (Hanging _ = hanging("profile.users")) {
            // More at once than there are connections.
            atOnce(this::assertUnavailableInTime);
        }
        awaitAllIsWell();
    }

    @Test
    void showsWhatIsPopularWhileListsHangAndSaysSo() throws SQLException {
        platform.put(
                "personalisation.lists",
                2,
                "42",
                """
                {"lists":{"taste":{"version":1,"entries":[{"item":"hung","score":1,"why":{}}]}}}
                """);
        awaitReady();
        try (Hanging _ = hanging("personalisation.lists")) {
            atOnce(
                    () ->
                            assertThat(skipped(degraded("/v1/users/42/recommendations")))
                                    // Whoever waits for a connection gives up as long after.
                                    .isIn("lists deadline", "lists outage", "lists breaker-open"));
            // By now it is not even tried: the answer is as quick as ever.
            await().untilAsserted(
                            () ->
                                    assertThat(skipped(degraded("/v1/users/42/recommendations")))
                                            .isEqualTo("lists breaker-open"));
            assertThat(skipped(degraded("/v1/users/42/playlists"))).startsWith("user with list ");
        }
        awaitAllIsWell();
    }

    @Test
    void showsWhatIsInMemoryWhileWhatIsPopularHangsAndSaysSo() throws SQLException {
        awaitReady();
        try (Hanging _ = hanging("popularity.counted")) {
            await().atMost(LONGEST)
                    .untilAsserted(
                            () -> {
                                JsonNode params = degraded("/v1/users/nobody/recommendations");
                                assertThat(params.path("origin").asString()).isIn("memory", "none");
                                assertThat(skipped(params)).contains("popular items ");
                            });
        }
        awaitAllIsWell();
    }

    @Test
    void endsWithTheDeadlineOfAllWhateverItsStagesHaveLeft() throws SQLException {
        awaitReady();
        try (Hanging _ = hanging("personalisation.lists, profile.users")) {
            // Each stage would have a second, and they come one after the other.
            long start = System.nanoTime();
            api.get()
                    .uri("/v1/users/42/playlists")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .valueEquals("Retry-After", "2")
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("deadline-missed");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(WITHIN);
        }
        awaitAllIsWell();
    }

    /** Tables that nobody else can read until it is closed. */
    private record Hanging(Connection connection) implements AutoCloseable {

        @Override
        public void close() throws SQLException {
            connection.rollback();
            connection.close();
        }
    }

    private Hanging hanging(String tables) throws SQLException {
        Connection connection = platform.postgres().ownerDataSource().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table " + tables + " in access exclusive mode");
        }
        return new Hanging(connection);
    }

    private static void atOnce(Runnable call) {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls =
                    IntStream.range(0, 20)
                            .mapToObj(_ -> CompletableFuture.runAsync(call, callers))
                            .toList();
            assertThat(calls).allSatisfy(done -> assertThat(done).succeedsWithin(LONGEST));
        }
    }

    /** The params of an answer that came in time. */
    private JsonNode degraded(String path) {
        long start = System.nanoTime();
        byte[] body =
                api.get()
                        .uri(path)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .returnResult()
                        .getResponseBody();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(WITHIN);
        return JsonMapper.shared().readTree(Objects.requireNonNull(body)).path("params");
    }

    private static String skipped(JsonNode params) {
        return params.path("skipped")
                .valueStream()
                .map(one -> one.path("stage").asString() + " " + one.path("reason").asString())
                .collect(Collectors.joining(", "));
    }

    /** No stage is skipped any more: whatever test comes next finds the breakers closed. */
    private void awaitAllIsWell() {
        for (String path :
                List.of(
                        "/v1/users/42/recommendations",
                        "/v1/users/nobody/recommendations",
                        "/v1/users/42/playlists")) {
            await().atMost(LONGEST)
                    .untilAsserted(
                            () -> {
                                // More than a breaker lets through to see whether it is over.
                                for (int i = 0; i < 4; i++) {
                                    assertThat(skipped(degraded(path))).isEmpty();
                                }
                            });
        }
        awaitReady();
    }

    private void assertAnsweredInTime(String path) {
        long start = System.nanoTime();
        assertThat(api.get().uri(path).exchange().expectBody().returnResult().getStatus().value())
                .as(path)
                .isIn(200, 503);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(WITHIN);
    }

    private void assertUnavailableInTime() {
        assertUnavailableInTime(api.get().uri("/v1/users/42/recommendations"));
    }

    private static void assertUnavailableInTime(WebTestClient.RequestHeadersSpec<?> request) {
        long start = System.nanoTime();
        request.exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "2")
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                // Whoever has waited for a connection as well is told of the deadline of all.
                .value(
                        String.class,
                        code -> assertThat(code).isIn("store-unavailable", "deadline-missed"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(WITHIN);
    }

    private void awaitReady() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                platform.management()
                                        .get()
                                        .uri("/actuator/health/readiness")
                                        .exchange()
                                        .expectStatus()
                                        .isOk());
    }

    private WebTestClient.ResponseSpec get() {
        return api.get().uri("/v1/users/42/recommendations").exchange();
    }
}

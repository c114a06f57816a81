package io.farandole.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.gateway.Platform;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

class OutagesIT {

    private static final Duration WITHIN = Duration.ofMillis(1_800);

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Platform platform = Platform.shared();
    private final WebTestClient api = platform.api();

    @Test
    void getsReadyWithWarmUpAndDatabase() {
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
                .jsonPath("$.components.r2dbc.status")
                .isEqualTo("UP");
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
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> get().expectStatus().isOk());
        awaitReady();
    }

    @Test
    void answers503WhenPostgresHangs() throws SQLException {
        awaitReady();
        try (Connection connection = platform.postgres().ownerDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table personalisation.lists in access exclusive mode");
            // More at once than there are connections.
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                var calls =
                        IntStream.range(0, 20)
                                .mapToObj(
                                        _ ->
                                                CompletableFuture.runAsync(
                                                        this::assertUnavailableInTime, callers))
                                .toList();
                assertThat(calls).allSatisfy(call -> assertThat(call).succeedsWithin(LONGEST));
            }
            connection.rollback();
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> get().expectStatus().isOk());
    }

    private void assertUnavailableInTime() {
        long start = System.nanoTime();
        get().expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "2")
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("store-unavailable");
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

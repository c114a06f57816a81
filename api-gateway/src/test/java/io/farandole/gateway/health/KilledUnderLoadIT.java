package io.farandole.gateway.health;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.gateway.OneTry;
import io.farandole.gateway.Platform;
import io.farandole.gateway.SmallCulture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Postgres is killed while many ask; what they are told, and how long it takes, is printed. */
@EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
@OneTry
class KilledUnderLoadIT {

    private static final int CALLERS = 8;
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration DEADLINE = Duration.ofMillis(1_900);

    // For the machine, which is shared: what the deadline does not cover is getting the answer.
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final Platform platform = Platform.shared();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

    private record Answer(long at, Duration took, int status) {}

    @Test
    void isTold503InTimeAndServedAgainByItself() {
        SmallCulture.fill(platform);
        AtomicBoolean over = new AtomicBoolean();
        long killed;
        long back;
        long restarted;
        try (HttpClient client = HttpClient.newHttpClient();
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                String path = i % 2 == 0 ? "recommendations" : "playlists";
                callers.execute(
                        () -> {
                            while (!over.get()) {
                                ask(client, "/v1/users/20/" + path);
                            }
                        });
            }
            try {
                await().atMost(LONGEST).until(() -> served(0) > 500);
                killed = System.nanoTime();
                platform.postgres().kill();
                await().pollDelay(2, SECONDS).until(() -> true);
                back = System.nanoTime();
                platform.postgres().restart();
                restarted = System.nanoTime();
                long since = restarted;
                await().atMost(LONGEST).until(() -> served(since) > 500);
            } finally {
                over.set(true);
            }
        }
        tell(killed, back, restarted);
        assertThat(answers)
                .allSatisfy(
                        answer -> {
                            assertThat(answer.status()).isIn(200, 503);
                            assertThat(answer.took()).isLessThan(DEADLINE.plus(SLACK));
                        });
    }

    private void tell(long killed, long back, long restarted) {
        List<Answer> during =
                answers.stream().filter(a -> a.at() > killed && a.at() < back).toList();
        List<Answer> after = answers.stream().filter(a -> a.at() > back).toList();
        long lastRefused =
                after.stream()
                        .filter(a -> a.status() != 200)
                        .mapToLong(Answer::at)
                        .max()
                        .orElse(back);
        System.out.printf(
                "Postgres killed for %.1f s under %d callers: %d answers before (%d refused), %d while it"
                        + " was away (%.0f %% refused, the longest after %d ms), the last refused %d ms"
                        + " after its restart began, which took %d ms%n",
                (back - killed) / 1e9,
                CALLERS,
                answers.stream().filter(a -> a.at() < killed).count(),
                answers.stream().filter(a -> a.at() < killed && a.status() != 200).count(),
                during.size(),
                100.0 * during.stream().filter(a -> a.status() != 200).count() / during.size(),
                during.stream().mapToLong(a -> a.took().toMillis()).max().orElse(0),
                Duration.ofNanos(lastRefused - back).toMillis(),
                Duration.ofNanos(restarted - back).toMillis());
    }

    private long served(long since) {
        return answers.stream().filter(a -> a.at() >= since && a.status() == 200).count();
    }

    private void ask(HttpClient client, String path) {
        long start = System.nanoTime();
        try {
            int status =
                    client.send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            "http://127.0.0.1:"
                                                                    + platform.apiPort()
                                                                    + path))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode();
            answers.add(
                    new Answer(
                            System.nanoTime(),
                            Duration.ofNanos(System.nanoTime() - start),
                            status));
        } catch (IOException | InterruptedException e) {
            answers.add(new Answer(System.nanoTime(), Duration.ZERO, -1));
        }
    }
}

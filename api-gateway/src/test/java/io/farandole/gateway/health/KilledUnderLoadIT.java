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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Postgres is killed, or what scores lists hangs, while many ask; what they are told, and how long
 * it takes, is printed.
 */
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

    /**
     * @param without whether it says that it had to do without something
     */
    private record Answer(long at, Duration took, int status, boolean without) {

        boolean isWhole() {
            return status == 200 && !without;
        }
    }

    private interface Trouble {
        void happens() throws SQLException;
    }

    @Test
    void isTold503InTimeAndServedAgainByItself() throws SQLException {
        SmallCulture.fill(platform);
        long[] times = new long[3];
        underLoad(
                () -> {
                    times[0] = System.nanoTime();
                    platform.postgres().kill();
                    await().pollDelay(2, SECONDS).until(() -> true);
                    times[1] = System.nanoTime();
                    platform.postgres().restart();
                    times[2] = System.nanoTime();
                });
        tell(times[0], times[1], times[2]);
        assertAllInTime();
    }

    /** Lists are scored elsewhere: what hangs here is what they are read from. */
    @Test
    void isServedWithoutListsThatHangAndWithThemAgainByItself() throws SQLException {
        SmallCulture.fill(platform);
        long[] times = new long[2];
        underLoad(
                () -> {
                    times[0] = System.nanoTime();
                    try (Connection lock = platform.postgres().ownerDataSource().getConnection();
                            Statement statement = lock.createStatement()) {
                        lock.setAutoCommit(false);
                        statement.execute(
                                "lock table personalisation.lists in access exclusive mode");
                        await().pollDelay(5, SECONDS).until(() -> true);
                        lock.rollback();
                    }
                    times[1] = System.nanoTime();
                });
        List<Answer> during =
                answers.stream().filter(a -> a.at() > times[0] && a.at() < times[1]).toList();
        long refused = during.stream().filter(a -> a.status() != 200).count();
        long without = during.stream().filter(Answer::without).count();
        System.out.printf(
                "Lists hung for %.1f s under %d callers: %d answers meanwhile (%.1f %% refused,"
                        + " %.1f %% without lists, the longest after %d ms), the last that was not"
                        + " whole %d ms after it was over%n",
                (times[1] - times[0]) / 1e9,
                CALLERS,
                during.size(),
                100.0 * refused / during.size(),
                100.0 * without / during.size(),
                longest(during),
                lastThatWasNot(Answer::isWhole, times[1]));
        assertAllInTime();
        // Once it is known that they hang, nobody waits for them.
        assertThat(without).isGreaterThan(during.size() / 2);
        assertThat(refused).isLessThan(during.size() / 10);
    }

    /** Until as many are served again as before. */
    private void underLoad(Trouble trouble) throws SQLException {
        AtomicBoolean over = new AtomicBoolean();
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
                trouble.happens();
                long since = System.nanoTime();
                await().atMost(LONGEST).until(() -> served(since) > 500);
            } finally {
                over.set(true);
            }
        }
    }

    private void assertAllInTime() {
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
        System.out.printf(
                "Postgres killed for %.1f s under %d callers: %d answers before (%d refused), %d"
                        + " while it was away (%.0f %% refused, the longest after %d ms), the last"
                        + " refused %d ms after its restart began, which took %d ms%n",
                (back - killed) / 1e9,
                CALLERS,
                answers.stream().filter(a -> a.at() < killed).count(),
                answers.stream().filter(a -> a.at() < killed && a.status() != 200).count(),
                during.size(),
                100.0 * during.stream().filter(a -> a.status() != 200).count() / during.size(),
                longest(during),
                lastThatWasNot(a -> a.status() == 200, back),
                Duration.ofNanos(restarted - back).toMillis());
    }

    private static long longest(List<Answer> some) {
        return some.stream().mapToLong(a -> a.took().toMillis()).max().orElse(0);
    }

    /** In milliseconds after; 0 if all were. */
    private long lastThatWasNot(Predicate<Answer> well, long after) {
        long last =
                answers.stream()
                        .filter(a -> a.at() > after && !well.test(a))
                        .mapToLong(Answer::at)
                        .max()
                        .orElse(after);
        return Duration.ofNanos(last - after).toMillis();
    }

    private long served(long since) {
        return answers.stream().filter(a -> a.at() >= since && a.isWhole()).count();
    }

    private void ask(HttpClient client, String path) {
        long start = System.nanoTime();
        try {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://127.0.0.1:"
                                                            + platform.apiPort()
                                                            + path))
                                    .build(),
                            BodyHandlers.ofString());
            answers.add(
                    new Answer(
                            System.nanoTime(),
                            Duration.ofNanos(System.nanoTime() - start),
                            answer.statusCode(),
                            answer.body().contains("\"skipped\"")));
        } catch (IOException | InterruptedException e) {
            answers.add(new Answer(System.nanoTime(), Duration.ZERO, -1, false));
        }
    }
}

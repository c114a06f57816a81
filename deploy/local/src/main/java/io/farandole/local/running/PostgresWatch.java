package io.farandole.local.running;

import io.farandole.postgres.DurablePostgres;
import io.farandole.postgres.PostgresFault;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings Postgres back when it ends by a hand other than ours, ever more slowly, and gives up when
 * it does not come.
 */
final class PostgresWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresWatch.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final int MOST_ATTEMPTS = 8;

    private final DurablePostgres postgres;
    private final Consumer<String> news;
    private final Consumer<String> givenUp;
    private final Thread thread;
    private volatile boolean closing;

    /**
     * @param news is told what people should know
     * @param givenUp is told when there is no hope left
     */
    PostgresWatch(DurablePostgres postgres, Consumer<String> news, Consumer<String> givenUp) {
        this.postgres = postgres;
        this.news = news;
        this.givenUp = givenUp;
        this.thread = Thread.ofVirtual().name("postgres-watch").start(this::watch);
    }

    /** From here on an end is expected. */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            while (!closing) {
                postgres.gone().get();
                if (!closing && !revived()) {
                    return;
                }
            }
        } catch (InterruptedException _) {
            // Closed.
        } catch (ExecutionException e) {
            givenUp.accept("Postgres can no longer be watched: " + e.getCause());
        }
    }

    private boolean revived() throws InterruptedException {
        news.accept(
                "Postgres ended unexpectedly; starting it again. The API answers 503 meanwhile.");
        long start = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; attempt <= MOST_ATTEMPTS && !closing; attempt++) {
            try {
                postgres.restart();
                news.accept(
                        "Postgres runs again after "
                                + Duration.ofNanos(System.nanoTime() - start).toMillis()
                                + " ms.");
                return true;
            } catch (PostgresFault e) {
                LOG.warn("Postgres does not start again, attempt {}", attempt, e);
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2);
            pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        }
        if (!closing) {
            givenUp.accept(
                    "Postgres ended and does not start again; see postgres/postgres.log and"
                            + " logs/farandole.log in the data directory.");
        }
        return false;
    }
}

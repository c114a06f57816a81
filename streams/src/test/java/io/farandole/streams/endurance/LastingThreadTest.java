package io.farandole.streams.endurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LastingThreadTest {

    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void showsThatItDiedAndIsStartedAgain() {
        CountDownLatch end = new CountDownLatch(1);
        LastingThread thread =
                new LastingThread(
                        "work",
                        () -> {
                            if (runs.incrementAndGet() == 1) {
                                throw new OutOfMemoryError("no room");
                            }
                            awaitEnd(end);
                        });
        thread.start();
        await().until(() -> thread.trouble() != null);
        assertThat(Objects.requireNonNull(thread.trouble())).contains("no room");

        thread.revive();

        assertThat(thread.trouble()).isNull();
        await().until(() -> runs.get() == 2);
        end.countDown();
        assertThat(thread.ends(soon())).isTrue();
    }

    @Test
    void leavesInPeaceWhatHasEnded() {
        LastingThread thread = new LastingThread("work", runs::incrementAndGet);
        thread.start();
        assertThat(thread.ends(soon())).isTrue();

        thread.revive();

        assertThat(thread.trouble()).isNull();
        assertThat(runs).hasValue(1);
    }

    private static long soon() {
        return System.nanoTime() + Duration.ofSeconds(10).toNanos();
    }

    private static void awaitEnd(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

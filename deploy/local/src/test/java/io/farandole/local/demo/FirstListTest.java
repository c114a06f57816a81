package io.farandole.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FirstListTest {

    @Test
    void goesOnToOthersWhereNothingOfAListCanBeHad() {
        AtomicInteger asked = new AtomicInteger();
        try (FirstList list =
                new FirstList(
                        () -> Optional.of("user-" + asked.incrementAndGet()),
                        user -> user.equals("user-3"))) {
            await().until(() -> list.servedAt().isPresent());
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void goesOnAfterAFailure() {
        AtomicInteger asked = new AtomicInteger();
        try (FirstList list =
                new FirstList(
                        () -> {
                            if (asked.incrementAndGet() < 3) {
                                throw new IllegalStateException("no table yet");
                            }
                            return Optional.of("ann");
                        },
                        "ann"::equals)) {
            await().until(() -> list.servedAt().isPresent());
        }
    }

    /** Each answer is told of: whoever asks for ever at one pace never finds all at rest. */
    @Test
    void asksLessAndLess() {
        List<Duration> pauses = pauses(60, Optional.of("ann"));

        assertThat(pauses).isSorted().startsWith(Duration.ofMillis(110));
        assertThat(pauses.subList(0, 40)).doesNotHaveDuplicates();
        assertThat(pauses).endsWith(Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    @Test
    void looksOftenWhileNobodyHasAList() {
        assertThat(pauses(20, Optional.empty())).containsOnly(Duration.ofMillis(100));
    }

    /** So many, in vain; without waiting for any. */
    private static List<Duration> pauses(int many, Optional<String> someUser) {
        List<Duration> pauses = new ArrayList<>();
        CountDownLatch left = new CountDownLatch(many);
        FirstList.Pausing noting =
                pause -> {
                    if (left.getCount() == 0) {
                        throw new InterruptedException("enough");
                    }
                    pauses.add(pause);
                    left.countDown();
                };
        try (FirstList _ = new FirstList(() -> someUser, _ -> false, noting)) {
            await().until(() -> left.getCount() == 0);
        }
        return pauses;
    }
}

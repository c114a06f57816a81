package io.farandole.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
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
        Duration pause = Duration.ofMillis(100);
        for (int looks = 0; looks < 50; looks++) {
            Duration next = FirstList.longer(pause);
            assertThat(next).isGreaterThanOrEqualTo(pause);
            pause = next;
        }
        assertThat(pause).isEqualTo(Duration.ofSeconds(5));
    }
}

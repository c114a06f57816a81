package io.farandole.recommenders.taste;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssortmentSpeedTest {

    private static final int ITEMS = 10_000;
    private static final int ROUNDS = 2_000;

    /** The best of many rounds, so that a busy machine does not fail it. */
    @Test
    void picksAHundredOfTenThousandInHalfAMillisecond() {
        Random random = new Random(1);
        Assortment assortment =
                Assortment.of(IntStream.range(0, ITEMS).mapToObj(i -> item(i, random)).toList());
        Taste taste = assortment.taste();
        random.ints(200, 0, ITEMS).forEach(i -> taste.likes("item-" + i, Taste.WHOLE));
        random.ints(200, 0, ITEMS).forEach(i -> taste.dislikes("item-" + i, Taste.WHOLE));

        long fastest = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            List<Pick> picks = assortment.best(taste, 100);
            fastest = Math.min(fastest, System.nanoTime() - start);
            assertThat(picks).hasSize(100);
        }

        assertThat(Duration.ofNanos(fastest)).isLessThan(Duration.ofNanos(500_000));
    }

    private static KnownItem item(int number, Random random) {
        List<String> categories =
                random.ints(1 + random.nextInt(4), 0, 20)
                        .distinct()
                        .sorted()
                        .mapToObj(category -> "category-" + category)
                        .toList();
        return new KnownItem("item-" + number, categories, 300 * Math.pow(random.nextDouble(), 6));
    }
}

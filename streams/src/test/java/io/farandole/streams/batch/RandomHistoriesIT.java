package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.ActivityEvent;
import io.farandole.streams.Delivery;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is delivered, however often and in whatever batches: the books balance. */
final class RandomHistoriesIT {

    private static final String[] ITEMS = {
        "x",
        "y",
        "z",
        "after-x",
        "after-q",
        "after-w",
        "late",
        "refused",
        "throws",
        "unstorable",
        "undeclarable",
        "nothing",
        "garbage",
        "q"
    };
    private static final int HISTORIES = 3;
    private static final int EVENTS = 150;

    private final SettableClock clock =
            new SettableClock(Instant.now().truncatedTo(ChronoUnit.HOURS));
    private BatchDatabase database;
    private BatchTransaction<ActivityEvent> batches;
    private RetryingWaiting retrying;

    @BeforeEach
    void prepare() {
        database = BatchDatabase.emptied(Counting.NAME);
        PreparedProcessor prepared =
                new PreparingProcessors(database.pool(2), clock).prepare(Counting.processor());
        batches = prepared.batches(Counting.SOURCE);
        retrying = prepared.retryingWaiting();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void balanceToTheEvent() {
        long seed = System.nanoTime();
        for (int history = 0; history < HISTORIES; history++) {
            long its = seed + history;
            database.empty();
            play(new Random(its), "seed " + its);
        }
    }

    private void play(Random random, String seed) {
        Map<Integer, String> items = new TreeMap<>();
        List<Integer> deliveries = new ArrayList<>();
        for (int number = 0; number < EVENTS; number++) {
            items.put(number, ITEMS[random.nextInt(ITEMS.length)]);
            for (int times = 1 + random.nextInt(3) / 2; times > 0; times--) {
                deliveries.add(number);
            }
        }
        Collections.shuffle(deliveries, random);
        Receipt all = Receipt.NOTHING;
        for (int from = 0; from < deliveries.size(); ) {
            int to = Math.min(deliveries.size(), from + 1 + random.nextInt(40));
            List<Delivery> batch = new ArrayList<>();
            deliveries
                    .subList(from, to)
                    .forEach(number -> batch.add(delivery(number, items, random)));
            Receipt receipt = batches.apply(batch, random.nextInt(3));
            assertThat(receipt.delivered()).as(seed).isEqualTo(batch.size());
            all = all.plus(receipt);
            if (random.nextInt(4) == 0) {
                retrying.retryDue(1 + random.nextInt(20), 7);
            }
            from = to;
        }
        while (retrying.retryDue(50, 8).applied() > 0) {
            // Each may wake the next.
        }
        check(seed, items, deliveries, all);
    }

    private Delivery delivery(int number, Map<Integer, String> items, Random random) {
        String item = items.getOrDefault(number, "x");
        Instant published = clock.instant().minus(random.nextInt(3), ChronoUnit.HOURS);
        Delivery delivery =
                Deliveries.rated(
                        number,
                        "u" + number % 7,
                        item.equals("garbage") ? "x" : item,
                        clock.instant().minusSeconds(number));
        return new Delivery(
                delivery.messageId(),
                delivery.orderingKey(),
                delivery.attributes(),
                item.equals("garbage") ? new byte[] {'{', 0} : delivery.data(),
                published);
    }

    private void check(
            String seed, Map<Integer, String> items, List<Integer> deliveries, Receipt receipts) {
        Set<Integer> distinct = new HashSet<>(deliveries);
        int rejected = count(items, distinct, Set.of("refused", "garbage"));
        int late = count(items, distinct, Set.of("late"));
        int dead = count(items, distinct, Set.of("throws", "unstorable", "undeclarable"));
        int waiting = count(items, distinct, Set.of("after-w"));
        int applied = distinct.size() - rejected - late - dead - waiting;
        assertThat(database.ledger())
                .as(seed)
                .isEqualTo(
                        "%d|%d|%d|%d|%d|%d|%d"
                                .formatted(
                                        deliveries.size(),
                                        applied,
                                        deliveries.size() - distinct.size(),
                                        late,
                                        rejected,
                                        dead,
                                        waiting));
        assertThat(receipts.duplicate()).as(seed).isEqualTo(deliveries.size() - distinct.size());
        assertThat(
                        database.rows(
                                """
                                select count(*) filter (where cause in ('UNDECODABLE', 'REJECTED')),
                                  count(*) filter (where cause = 'LATE'),
                                  count(*) filter (where cause = 'POISON'),
                                  count(*) filter (where cause = 'WAITING' and status = 'OPEN')
                                from streams.dead_letter
                                """))
                .as(seed)
                .containsExactly("%d|%d|%d|%d".formatted(rejected, late, dead, waiting));
        int nothing = count(items, distinct, Set.of("nothing"));
        assertThat(database.number("select sum((value ->> 'number')::int) from counting.users"))
                .as(seed)
                .isEqualTo(applied - nothing);
        assertThat(database.number("select count(*) from streams.outbox"))
                .as(seed)
                .isEqualTo(applied - nothing);
        assertThat(database.number("select count(*) from counting.items where value is null"))
                .as(seed)
                .isZero();
    }

    private static int count(Map<Integer, String> items, Set<Integer> distinct, Set<String> kinds) {
        return (int) distinct.stream().filter(n -> kinds.contains(items.get(n))).count();
    }
}

package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.farandole.streams.Delivery;
import io.farandole.streams.judging.Judge;
import io.farandole.streams.judging.Judgements;
import java.time.Duration;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.LongStream;

/**
 * Ratings of all kinds, delivered late, twice and in any order to two instances at the same time,
 * some of whose commits are lost; and a model of what has to come of them, by loops that share
 * nothing with the engine. The same seed delivers the same, in the same batches.
 */
final class RandomHistory {

    /** All that may happen to a rating. */
    static final List<String> ALL_KINDS =
            List.of(
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
                    "q");

    /** Those of which no batch is halved, which takes long. */
    static final List<String> WHOLE_KINDS =
            ALL_KINDS.stream().filter(kind -> !kind.equals("unstorable")).toList();

    /** Those that change the rows that they name. */
    static final List<String> COUNTED_KINDS = List.of("x", "y", "z", "q");

    private static final Set<String> REFUSED = Set.of("refused", "garbage");
    private static final Set<String> POISON = Set.of("throws", "unstorable", "undeclarable");
    private static final String AFTER = "after-";
    private static final int EVENTS = 100;
    private static final int USERS = 7;
    private static final int ROUNDS = 3;
    private static final Duration LONGER_THAN_A_PAUSE = Duration.ofMinutes(2);
    private static final int FEW = 6;
    private static final int MANY = 40;

    /** What becomes of a batch. */
    private enum Fate {
        FINE,
        LOST_BEFORE_COMMIT,
        LOST_AFTER_COMMIT
    }

    private record Batch(List<Integer> numbers, List<Delivery> deliveries, Fate fate) {}

    private final Random random;
    private final Instant now;
    private final boolean bringsAgain;
    private final Map<Integer, String> items = new TreeMap<>();
    private final List<Integer> waiting = new ArrayList<>();
    private int delivered;

    /**
     * @param kinds of items
     * @param bringsAgain whether the broker keeps what was not committed, as it does if that is not
     *     acknowledged
     */
    RandomHistory(long seed, Instant now, List<String> kinds, boolean bringsAgain) {
        this.random = new Random(seed);
        this.now = now;
        this.bringsAgain = bringsAgain;
        for (int number = 0; number < EVENTS; number++) {
            items.put(number, kinds.get(random.nextInt(kinds.size())));
            for (int times = 1 + random.nextInt(3) / 2; times > 0; times--) {
                waiting.add(number);
            }
        }
        Collections.shuffle(waiting, random);
    }

    /** Until nothing is left to deliver, and nothing that waits is due. */
    void play(HearingRatings one, HearingRatings other, Executor executor, SettableClock clock) {
        while (!waiting.isEmpty()) {
            Batch first = next();
            Batch second = next();
            CompletableFuture<Void> both =
                    CompletableFuture.allOf(
                            CompletableFuture.runAsync(() -> hear(first, one, 0), executor),
                            CompletableFuture.runAsync(() -> hear(second, other, 1), executor));
            both.join();
            settle(first);
            settle(second);
            if (random.nextInt(4) == 0) {
                one.retry(1 + random.nextInt(20), random.nextBoolean());
            }
        }
        // What began to wait while its row appeared was not woken: it is tried after a pause.
        for (int round = 0; round < ROUNDS; round++) {
            while (one.retry(EVENTS, false) > 0) {
                // Each may wake the next.
            }
            clock.advance(LONGER_THAN_A_PAUSE);
        }
    }

    private Batch next() {
        List<Integer> taken = waiting.subList(0, Math.min(waiting.size(), size()));
        List<Integer> numbers = List.copyOf(taken);
        taken.clear();
        List<Delivery> deliveries = numbers.stream().map(this::delivery).toList();
        Fate fate = Fate.values()[random.nextInt(Fate.values().length)];
        // One that is halved has many commits: which of them is lost would not be known.
        boolean isHalved = numbers.stream().anyMatch(n -> kind(n).equals("unstorable"));
        return new Batch(numbers, deliveries, isHalved ? Fate.FINE : fate);
    }

    private int size() {
        return 1 + random.nextInt(random.nextBoolean() ? FEW : MANY);
    }

    private static void hear(Batch batch, HearingRatings instance, int worker) {
        if (batch.numbers.isEmpty()) {
            return;
        }
        switch (batch.fate) {
            case FINE -> instance.hear(batch.deliveries, worker);
            case LOST_BEFORE_COMMIT -> instance.lose(batch.deliveries, worker, false);
            case LOST_AFTER_COMMIT -> instance.lose(batch.deliveries, worker, true);
        }
    }

    private void settle(Batch batch) {
        if (batch.fate != Fate.LOST_BEFORE_COMMIT) {
            delivered += batch.numbers.size();
        }
        if (batch.fate == Fate.LOST_AFTER_COMMIT
                || (batch.fate == Fate.LOST_BEFORE_COMMIT && bringsAgain)) {
            waiting.addAll(random.nextInt(waiting.size() + 1), batch.numbers);
        }
    }

    private String kind(int number) {
        return items.getOrDefault(number, "");
    }

    private static String user(int number) {
        return "u" + number % USERS;
    }

    private Delivery delivery(int number) {
        String item = kind(number);
        boolean isGarbage = item.equals("garbage");
        Delivery delivery =
                Deliveries.rated(
                        number, user(number), isGarbage ? "x" : item, now.minusSeconds(number));
        return new Delivery(
                delivery.messageId(),
                delivery.orderingKey(),
                delivery.attributes(),
                isGarbage ? new byte[] {'{', 0} : delivery.data(),
                now.minus(random.nextInt(3), ChronoUnit.HOURS));
    }

    /** Holds what came of it against the model. */
    Judgements judge(BatchDatabase database) {
        Judgements all = new Judgements();
        all.ask(Judge.STATE, () -> assertThat(numbers(database, "users")).isEqualTo(byUser()));
        all.ask(Judge.STATE, () -> assertThat(numbers(database, "items")).isEqualTo(byItem()));
        all.ask(
                Judge.STATE,
                () ->
                        assertThat(
                                        database.number(
                                                "select count(*) from counting.items where value is null"))
                                .as("rows without a value")
                                .isZero());
        all.ask(Judge.LEDGER, () -> assertThat(database.ledger()).isEqualTo(ledger()));
        all.ask(
                Judge.DEAD_LETTERS,
                () -> assertThat(database.rows(PUT_ASIDE)).containsExactly(putAside()));
        all.ask(Judge.SAID, () -> assertThat(said(database)).isEqualTo(sayings()));
        all.ask(Judge.ORDER, () -> inOrder(database));
        return all;
    }

    private static final String PUT_ASIDE =
            """
            select count(*) filter (where cause in ('UNDECODABLE', 'REJECTED')),
              count(*) filter (where cause = 'LATE'),
              count(*) filter (where cause = 'POISON'),
              count(*) filter (where cause = 'WAITING' and status = 'OPEN')
            from streams.dead_letter
            """;

    private static final String SAID =
            """
            select body ->> 'user', body ->> 'version', body -> 'top' ->> 0
            from streams.outbox, lateral (
              select convert_from(payload, 'UTF8')::jsonb -> 'listRefreshed') said(body)
            order by id
            """;

    private boolean waitsForEver(String item) {
        return item.startsWith(AFTER) && !items.containsValue(item.substring(AFTER.length()));
    }

    private boolean isCounted(String item) {
        return !REFUSED.contains(item)
                && !POISON.contains(item)
                && !item.equals("late")
                && !item.equals("nothing")
                && !waitsForEver(item);
    }

    private long count(Set<String> kinds) {
        return items.values().stream().filter(kinds::contains).count();
    }

    private String ledger() {
        long waits = items.values().stream().filter(this::waitsForEver).count();
        long applied = EVENTS - count(REFUSED) - count(Set.of("late")) - count(POISON) - waits;
        return "%d|%d|%d|%d|%d|%d|%d"
                .formatted(
                        delivered,
                        applied,
                        delivered - EVENTS,
                        count(Set.of("late")),
                        count(REFUSED),
                        count(POISON),
                        waits);
    }

    private String putAside() {
        return "%d|%d|%d|%d"
                .formatted(
                        count(REFUSED),
                        count(Set.of("late")),
                        count(POISON),
                        items.values().stream().filter(this::waitsForEver).count());
    }

    private Map<String, Long> byUser() {
        Map<String, Long> users = new TreeMap<>();
        items.forEach(
                (number, item) -> {
                    if (isCounted(item)) {
                        users.merge(user(number), 1L, Long::sum);
                    }
                });
        return users;
    }

    private Map<String, Long> byItem() {
        Map<String, Long> counts = new TreeMap<>();
        items.values().stream()
                .filter(this::isCounted)
                .forEach(item -> counts.merge(item, 1L, Long::sum));
        return counts;
    }

    /** What is said of each user: the items that are counted, each as often. */
    private Map<String, List<String>> sayings() {
        Map<String, List<String>> said = new TreeMap<>();
        items.forEach(
                (number, item) -> {
                    if (isCounted(item)) {
                        said.computeIfAbsent(user(number), _ -> new ArrayList<>()).add(item);
                    }
                });
        said.values().forEach(Collections::sort);
        return said;
    }

    private static Map<String, List<String>> said(BatchDatabase database) {
        Map<String, List<String>> said = new TreeMap<>();
        for (String row : database.rows(SAID)) {
            String[] columns = row.split("\\|", -1);
            said.computeIfAbsent(columns[0], _ -> new ArrayList<>()).add(columns[2]);
        }
        said.values().forEach(Collections::sort);
        return said;
    }

    private static void inOrder(BatchDatabase database) {
        Map<String, List<Long>> versions = new TreeMap<>();
        for (String row : database.rows(SAID)) {
            String[] columns = row.split("\\|", -1);
            versions.computeIfAbsent(columns[0], _ -> new ArrayList<>())
                    .add(Long.valueOf(columns[1]));
        }
        versions.forEach(
                (user, its) ->
                        assertThat(its)
                                .as(user)
                                .isEqualTo(LongStream.rangeClosed(1, its.size()).boxed().toList()));
        Set<String> ids = new HashSet<>(database.rows("select event_id from streams.outbox"));
        if (ids.size() != database.number("select count(*) from streams.outbox")) {
            fail("two outputs have one id");
        }
    }

    private static Map<String, Long> numbers(BatchDatabase database, String store) {
        Map<String, Long> numbers = new TreeMap<>();
        for (String row :
                database.rows(
                        "select key, value ->> 'number' from counting.%s where value is not null"
                                .formatted(store))) {
            int bar = row.lastIndexOf('|');
            numbers.put(row.substring(0, bar), Long.valueOf(row.substring(bar + 1)));
        }
        return numbers;
    }
}

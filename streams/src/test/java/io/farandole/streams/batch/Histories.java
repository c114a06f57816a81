package io.farandole.streams.batch;

import io.farandole.events.ActivityEvent;
import io.farandole.events.Message;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random histories of visits: late, early, twice, in any order, and interrupted. */
final class Histories {

    private static final int MOST_VISITS = 40;
    private static final int MINUTES = 240;

    private Histories() {}

    /**
     * Something happened, and was published at another time.
     *
     * @param kind the window it is counted in
     */
    record Happening(int user, String kind, int happened, int published) {}

    /** What becomes of a batch's transaction, or of the one that fires what is due behind it. */
    enum Fate {
        FINE,
        LOST_BEFORE_COMMIT,
        LOST_AFTER_COMMIT,
        FIRING_LOST_BEFORE_COMMIT,
        FIRING_LOST_AFTER_COMMIT
    }

    /**
     * A batch is delivered.
     *
     * @param numbers of what happened, from 0
     */
    record Batch(List<Integer> numbers, Fate fate) {}

    /** What happened, and how it was delivered: all of it at least once. */
    record History(List<Happening> happenings, List<Batch> batches) {

        List<Message<ActivityEvent>> messages(Batch batch) {
            return batch.numbers.stream().map(this::message).toList();
        }

        int lastPublished(Batch batch) {
            return batch.numbers.stream()
                    .mapToInt(number -> happenings.get(number).published)
                    .max()
                    .orElse(0);
        }

        private Message<ActivityEvent> message(int number) {
            Happening one = happenings.get(number);
            return WindowsContract.viewed(
                    number, "u" + one.user, one.kind, one.happened, one.published);
        }
    }

    static Arbitrary<History> any() {
        Arbitrary<Integer> minutes = Arbitraries.integers().between(0, MINUTES);
        Arbitrary<Happening> happening =
                Combinators.combine(
                                Arbitraries.integers().between(0, 2),
                                Arbitraries.of("hour", "hop", "session"),
                                minutes,
                                minutes)
                        .as(Happening::new);
        Arbitrary<Batch> batch =
                Combinators.combine(
                                Arbitraries.integers()
                                        .between(0, MOST_VISITS - 1)
                                        .list()
                                        .ofMinSize(1)
                                        .ofMaxSize(8),
                                Arbitraries.of(Fate.class))
                        .as(Batch::new);
        return Combinators.combine(
                        happening.list().ofMinSize(1).ofMaxSize(MOST_VISITS),
                        batch.list().ofMaxSize(25))
                .as(Histories::whole);
    }

    // What was lost comes again a batch later, and what never came, in the end.
    private static History whole(List<Happening> happenings, List<Batch> batches) {
        List<Batch> delivered = new ArrayList<>();
        Set<Integer> missing =
                new LinkedHashSet<>(IntStream.range(0, happenings.size()).boxed().toList());
        Batch lost = null;
        for (Batch one : batches) {
            Batch batch =
                    new Batch(
                            one.numbers.stream().map(n -> n % happenings.size()).toList(),
                            one.fate);
            delivered.add(batch);
            if (lost != null) {
                delivered.add(new Batch(lost.numbers, Fate.FINE));
            }
            boolean isLost =
                    batch.fate == Fate.LOST_BEFORE_COMMIT || batch.fate == Fate.LOST_AFTER_COMMIT;
            lost = isLost ? batch : null;
            batch.numbers.forEach(missing::remove);
        }
        if (lost != null) {
            delivered.add(new Batch(lost.numbers, Fate.FINE));
        }
        if (!missing.isEmpty()) {
            delivered.add(new Batch(List.copyOf(missing), Fate.FINE));
        }
        return new History(happenings, delivered);
    }
}

package io.farandole.streams.batch;

import io.farandole.events.ActivityEvent;
import io.farandole.streams.Source;
import io.farandole.streams.crashing.Sabotage;
import io.farandole.streams.installation.TellingTheSeed;
import io.farandole.streams.judging.FaultTable;
import io.farandole.streams.judging.Judge;
import io.farandole.streams.judging.Judgements;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever is delivered, however often, in whatever batches and to whom: each key's state, each
 * output and each column of the books is what the model says. And the model finds each planted
 * fault.
 */
@ExtendWith(TellingTheSeed.class)
final class RandomHistoriesIT {

    private static final boolean CHAOS = Boolean.getBoolean("farandole.chaos");
    private static final int HISTORIES = CHAOS ? 20 : 3;

    /** In which it has to be seen: two lose an update only if they meet, for instance. */
    private static final int MOST = 10;

    private final SettableClock clock =
            new SettableClock(Instant.now().truncatedTo(ChronoUnit.HOURS));
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private BatchDatabase database;

    @BeforeEach
    void prepare() {
        database = BatchDatabase.emptied(Counting.NAME);
    }

    @AfterEach
    void close() {
        threads.close();
        database.close();
    }

    @Test
    void comeToWhatTheModelSays() {
        HearingRatings one = instance(Sabotage.NONE, Counting.SOURCE);
        HearingRatings other = instance(Sabotage.NONE, Counting.SOURCE);
        for (int history = 0; history < HISTORIES; history++) {
            long seed = TellingTheSeed.SEED + history;
            played(seed, one, other, RandomHistory.ALL_KINDS, true)
                    .areSatisfied("History of seed " + seed);
        }
    }

    /** Each under {@code --chaos}, otherwise two, by the seed. */
    @Test
    void wouldTellEachPlantedFault() {
        List<Enum<?>> faults = new ArrayList<>(List.of(WrongCounting.values()));
        faults.add(Sabotage.NO_INBOX);
        faults.add(Sabotage.ACKNOWLEDGING_FIRST);
        faults.add(Sabotage.NO_ROW_BEFORE_THE_LOCK);
        if (!CHAOS) {
            Collections.shuffle(faults, new Random(TellingTheSeed.SEED));
            faults.subList(2, faults.size()).clear();
        }
        FaultTable table = new FaultTable("histories");
        for (Enum<?> fault : faults) {
            switch (fault) {
                case WrongCounting wrong ->
                        plant(table, wrong, Sabotage.NONE, wrong.source(), wrong.seenBy());
                // What a broker forgets that was told too early is up to the history.
                case Sabotage sabotage when sabotage == Sabotage.ACKNOWLEDGING_FIRST ->
                        plant(table, sabotage, Sabotage.NONE, Counting.SOURCE, sabotage.seenBy());
                case Sabotage sabotage ->
                        plant(table, sabotage, sabotage, Counting.SOURCE, sabotage.seenBy());
                default -> throw new IllegalArgumentException(fault.name());
            }
        }
        System.out.println(table);
    }

    /** Histories with it, until all see it who promise to. */
    private void plant(
            FaultTable table,
            Enum<?> fault,
            Sabotage statements,
            Source<ActivityEvent> source,
            Set<Judge> promising) {
        HearingRatings one = instance(statements, source);
        HearingRatings other = instance(statements, source);
        boolean bringsAgain = fault != Sabotage.ACKNOWLEDGING_FIRST;
        // Without rows before the lock, rows that stay without a value cannot be taken away again.
        List<String> kinds =
                fault == Sabotage.NO_ROW_BEFORE_THE_LOCK
                        ? RandomHistory.COUNTED_KINDS
                        : RandomHistory.WHOLE_KINDS;
        Judgements said = new Judgements();
        for (int i = 0; i < MOST && !said.complaining().containsAll(promising); i++) {
            said = played(TellingTheSeed.SEED + i, one, other, kinds, bringsAgain);
        }
        table.note(fault, promising, said);
    }

    private Judgements played(
            long seed,
            HearingRatings one,
            HearingRatings other,
            List<String> kinds,
            boolean bringsAgain) {
        database.empty();
        RandomHistory history = new RandomHistory(seed, clock.instant(), kinds, bringsAgain);
        history.play(one, other, threads, clock);
        return history.judge(database);
    }

    private HearingRatings instance(Sabotage sabotage, Source<ActivityEvent> source) {
        return new HearingRatings(sabotage.of(database.pool(2)).dataSource(), source, clock);
    }
}

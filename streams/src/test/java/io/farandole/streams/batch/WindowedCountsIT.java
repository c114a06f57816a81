package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.streams.batch.Histories.Batch;
import io.farandole.streams.batch.Histories.History;
import io.farandole.streams.batch.LosingCommits.Loss;
import io.farandole.streams.crashing.Sabotage;
import io.farandole.streams.judging.FaultTable;
import io.farandole.streams.judging.Judge;
import io.farandole.streams.judging.Judgements;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever happens, and whenever a commit is lost, windows on Postgres are what the oracle says.
 */
class WindowedCountsIT {

    @Provide
    Arbitrary<History> histories() {
        return Histories.any();
    }

    @Property(tries = 10)
    void areWhatTheOracleSays(@ForAll("histories") History history) {
        try (BatchDatabase database = BatchDatabase.emptied(Visits.NAME)) {
            LosingCommits losing = new LosingCommits(database.pool(2));
            StoredVisits machine = new StoredVisits(database, losing.dataSource());
            WindowedCounts.check(
                    history, machine, (its, batch) -> hear(machine, losing, its, batch));
        }
    }

    @Provide
    Arbitrary<List<History>> many() {
        return Histories.any().list().ofSize(20);
    }

    // No edge cases: twenty times the least history shows nothing.
    @Property(tries = 1, edgeCases = EdgeCasesMode.NONE)
    void theOracleWouldTellThatAnInboxLacks(@ForAll("many") List<History> histories) {
        FaultTable table = new FaultTable("windows' oracle");
        Set<Judge> promising = Set.of(Judge.STATE, Judge.LEDGER);
        Judgements said = new Judgements();
        for (History history : histories) {
            if (!said.complaining().containsAll(promising)) {
                said = judgedWithoutInbox(history);
            }
        }
        table.note(Sabotage.NO_INBOX, promising, said);
        System.out.println(table);
    }

    private static Judgements judgedWithoutInbox(History history) {
        try (BatchDatabase database = BatchDatabase.emptied(Visits.NAME)) {
            LosingCommits losing =
                    new LosingCommits(Sabotage.NO_INBOX.of(database.pool(2)).dataSource());
            StoredVisits machine = new StoredVisits(database, losing.dataSource());
            return WindowedCounts.judge(
                    history, machine, (its, batch) -> hear(machine, losing, its, batch));
        }
    }

    private static void hear(
            StoredVisits machine, LosingCommits losing, History history, Batch batch) {
        switch (batch.fate()) {
            case FINE -> machine.hear(history.messages(batch));
            case LOST_BEFORE_COMMIT -> lose(machine, losing, history, batch, Loss.BEFORE);
            case LOST_AFTER_COMMIT -> {
                lose(machine, losing, history, batch, Loss.AFTER);
                machine.fire();
            }
            case FIRING_LOST_BEFORE_COMMIT ->
                    fireTwice(machine, losing, history, batch, Loss.BEFORE);
            case FIRING_LOST_AFTER_COMMIT -> fireTwice(machine, losing, history, batch, Loss.AFTER);
        }
    }

    private static void lose(
            StoredVisits machine, LosingCommits losing, History history, Batch batch, Loss loss) {
        losing.lose(loss);
        assertThatThrownBy(() -> machine.apply(history.messages(batch)))
                .isInstanceOf(InfrastructureTrouble.class);
    }

    private static void fireTwice(
            StoredVisits machine, LosingCommits losing, History history, Batch batch, Loss loss) {
        machine.apply(history.messages(batch));
        losing.lose(loss);
        try {
            machine.fire();
        } catch (InfrastructureTrouble expected) {
            // Something was due: whether it fired is not known here.
        }
        losing.lose(Loss.NONE);
        machine.fire();
    }
}

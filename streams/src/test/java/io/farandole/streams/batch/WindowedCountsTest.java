package io.farandole.streams.batch;

import io.farandole.events.ActivityEvent;
import io.farandole.streams.Source;
import io.farandole.streams.batch.Histories.Fate;
import io.farandole.streams.batch.Histories.History;
import io.farandole.streams.judging.FaultTable;
import io.farandole.streams.judging.Judgements;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever happens, the driver's windows are what the oracle says, and it tells what is not. */
class WindowedCountsTest {

    @Provide
    Arbitrary<History> histories() {
        return Histories.any();
    }

    @Property(tries = 300)
    void areWhatTheOracleSays(@ForAll("histories") History history) {
        judged(history, Visits.SOURCE).areSatisfied("Windows in memory");
    }

    @Provide
    Arbitrary<List<History>> many() {
        return Histories.any().list().ofSize(60);
    }

    // No edge cases: sixty times the least history shows nothing.
    @Property(tries = 1, edgeCases = EdgeCasesMode.NONE)
    void theOracleWouldTellEachPlantedFault(@ForAll("many") List<History> histories) {
        FaultTable table = new FaultTable("windows' oracle");
        for (WrongVisits wrong : WrongVisits.values()) {
            Judgements said = new Judgements();
            for (History history : histories) {
                if (!said.complaining().containsAll(wrong.seenBy())) {
                    said = judged(history, wrong.source());
                }
            }
            table.note(wrong, wrong.seenBy(), said);
        }
        System.out.println(table);
    }

    private static Judgements judged(History history, Source<ActivityEvent> source) {
        WindowsInMemoryTest.Driven machine = new WindowsInMemoryTest.Driven(source);
        return WindowedCounts.judge(
                history,
                machine,
                (its, batch) -> {
                    if (batch.fate() != Fate.LOST_BEFORE_COMMIT) {
                        machine.hear(its.messages(batch));
                    }
                });
    }
}

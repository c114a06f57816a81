package io.farandole.orchestrator.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One topic as one processor read it: the journal's count beside the processor's own, over all
 * hours.
 *
 * @param imbalances what does not add up, one sentence an hour; empty when it balances to the event
 */
public record Account(
        String topic,
        String processor,
        long published,
        long distinctPublished,
        long delivered,
        long applied,
        long duplicate,
        long late,
        long rejected,
        long deadLettered,
        long waiting,
        List<String> imbalances) {

    static Account of(Published published, String processor, List<LedgerLine> lines) {
        return new Account(
                published.topic().name(),
                processor,
                published.messages(),
                published.distinct(),
                lines.stream().mapToLong(LedgerLine::delivered).sum(),
                lines.stream().mapToLong(LedgerLine::applied).sum(),
                lines.stream().mapToLong(LedgerLine::duplicate).sum(),
                lines.stream().mapToLong(LedgerLine::late).sum(),
                lines.stream().mapToLong(LedgerLine::rejected).sum(),
                lines.stream().mapToLong(LedgerLine::deadLettered).sum(),
                lines.stream().mapToLong(LedgerLine::waiting).sum(),
                imbalances(published, processor, lines));
    }

    public boolean balances() {
        return imbalances.isEmpty();
    }

    private static List<String> imbalances(
            Published published, String processor, List<LedgerLine> lines) {
        List<String> imbalances = new ArrayList<>();
        Map<Instant, Long> there = published.distinctByHour();
        Set<Instant> hours = new TreeSet<>(there.keySet());
        lines.forEach(line -> hours.add(line.hour()));
        for (Instant hour : hours) {
            List<LedgerLine> ofHour =
                    lines.stream().filter(line -> line.hour().equals(hour)).toList();
            long seen = ofHour.stream().mapToLong(LedgerLine::distinct).sum();
            long said = there.getOrDefault(hour, 0L);
            String where = published.topic() + " at " + processor + ", hour " + hour + ": ";
            if (seen != said) {
                imbalances.add(
                        where
                                + said
                                + " distinct events in the journal, "
                                + seen
                                + " seen by the processor");
            }
            if (!ofHour.stream().allMatch(LedgerLine::adds)) {
                imbalances.add(where + "deliveries and outcomes differ");
            }
        }
        return imbalances;
    }
}

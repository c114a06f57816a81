package io.farandole.orchestrator.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * One topic as one processor read it: the journal's count beside the processor's own, over all
 * hours. Of hours that the journal no longer has, the archive tells what there was; of those that
 * neither tells of, the source topics', only the processor does.
 *
 * @param published messages that are in the journal
 * @param distinctPublished of the hours that the journal has whole
 * @param earlier distinct events of the hours before, as the processor knows of them
 * @param withheld events that its generation passed over, for their users asked to be forgotten
 * @param expired events that the archive no longer kept when the generation was built from it
 * @param imbalances what does not add up, one sentence an hour; empty when it balances to the event
 */
public record Account(
        String topic,
        String processor,
        long published,
        long distinctPublished,
        long earlier,
        long delivered,
        long applied,
        long duplicate,
        long late,
        long rejected,
        long deadLettered,
        long waiting,
        long withheld,
        long expired,
        List<String> imbalances) {

    /**
     * @param archived distinct events by hour, of the hours that the journal no longer has whole
     */
    static Account of(
            Published published,
            String processor,
            List<LedgerLine> lines,
            Map<Instant, Long> archived) {
        return new Account(
                published.topic().name(),
                processor,
                published.messages(),
                published.distinct(),
                lines.stream()
                        .filter(line -> !published.hasWhole(line.hour()))
                        .mapToLong(LedgerLine::known)
                        .sum(),
                lines.stream().mapToLong(LedgerLine::delivered).sum(),
                lines.stream().mapToLong(LedgerLine::applied).sum(),
                lines.stream().mapToLong(LedgerLine::duplicate).sum(),
                lines.stream().mapToLong(LedgerLine::late).sum(),
                lines.stream().mapToLong(LedgerLine::rejected).sum(),
                lines.stream().mapToLong(LedgerLine::deadLettered).sum(),
                lines.stream().mapToLong(LedgerLine::waiting).sum(),
                lines.stream().mapToLong(LedgerLine::withheld).sum(),
                lines.stream().mapToLong(LedgerLine::expired).sum(),
                imbalances(published, processor, lines, archived));
    }

    /** Distinct events that were published and that the processor does not know of. */
    public long behind() {
        return distinctPublished + earlier - (delivered - duplicate + withheld + expired);
    }

    public boolean balances() {
        return imbalances.isEmpty();
    }

    private static List<String> imbalances(
            Published published,
            String processor,
            List<LedgerLine> lines,
            Map<Instant, Long> archived) {
        List<String> imbalances = new ArrayList<>();
        Map<Instant, Long> journaled = published.distinctByHour();
        Set<Instant> hours = new TreeSet<>(journaled.keySet());
        hours.addAll(archived.keySet());
        lines.forEach(line -> hours.add(line.hour()));
        for (Instant hour : hours) {
            List<LedgerLine> ofHour =
                    lines.stream().filter(line -> line.hour().equals(hour)).toList();
            String where = published.topic() + " at " + processor + ", hour " + hour + ": ";
            if (published.hasWhole(hour)) {
                compare(
                        where,
                        journaled.getOrDefault(hour, 0L),
                        "distinct events in the journal",
                        ofHour,
                        imbalances);
            } else if (archived.containsKey(hour)) {
                compare(where, archived.get(hour), "events in the archive", ofHour, imbalances);
            }
            if (!ofHour.stream().allMatch(LedgerLine::adds)) {
                imbalances.add(where + "deliveries and outcomes differ");
            }
        }
        return imbalances;
    }

    private static void compare(
            String where,
            long said,
            String what,
            List<LedgerLine> ofHour,
            List<String> imbalances) {
        if (said == sum(ofHour, LedgerLine::known)) {
            return;
        }
        long withheld = sum(ofHour, LedgerLine::withheld);
        long expired = sum(ofHour, LedgerLine::expired);
        imbalances.add(
                where
                        + said
                        + " "
                        + what
                        + ", "
                        + sum(ofHour, LedgerLine::distinct)
                        + " seen by the processor"
                        + (withheld == 0 ? "" : ", " + withheld + " withheld from it")
                        + (expired == 0 ? "" : ", " + expired + " expired before it was built"));
    }

    private static long sum(List<LedgerLine> lines, ToLongFunction<LedgerLine> count) {
        return lines.stream().mapToLong(count).sum();
    }
}

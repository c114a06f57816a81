package io.farandole.orchestrator.ledger;

import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Holds the journal's count against every reader's ledger, a line a topic and processor; where the
 * journal ends, the count of what the archive landed.
 */
public final class BalancingLedger {

    private final CountingJournal journal;
    private final ReadingLedger ledger;

    public BalancingLedger(CountingJournal journal, ReadingLedger ledger) {
        this.journal = journal;
        this.ledger = ledger;
    }

    /**
     * The accounts as of now. While events are in flight they do not balance yet.
     *
     * @return one for each topic and reader of the catalogue, in its order
     */
    public List<Account> accounts() {
        List<LedgerLine> lines = ledger.lines();
        return accounts(_ -> true, lines, lines);
    }

    /**
     * The accounts of one generation of each processor that has it, active or not. What is fed no
     * more, or is not built yet, lacks events and does not balance.
     *
     * @param generation its number among the processor's own
     */
    public List<Account> accounts(int generation) {
        return accounts(
                ledger.processorsWith(generation)::contains,
                ledger.lines(generation),
                ledger.lines());
    }

    /**
     * @param active where the archive says what it landed
     */
    private List<Account> accounts(
            Predicate<String> meant, List<LedgerLine> lines, List<LedgerLine> active) {
        List<Account> accounts = new ArrayList<>();
        for (Published published : journal.count()) {
            for (String reader : published.topic().readers()) {
                if (meant.test(reader)) {
                    accounts.add(
                            Account.of(
                                    published,
                                    reader,
                                    of(published.topic(), reader, lines),
                                    reader.equals(TopicCatalogue.ARCHIVE)
                                            ? Map.of()
                                            : archived(published, active)));
                }
            }
        }
        return accounts;
    }

    private static Map<Instant, Long> archived(Published published, List<LedgerLine> lines) {
        return of(published.topic(), TopicCatalogue.ARCHIVE, lines).stream()
                .filter(line -> !published.hasWhole(line.hour()))
                .collect(Collectors.toMap(LedgerLine::hour, LedgerLine::distinct, Long::sum));
    }

    private static List<LedgerLine> of(Topic<?> topic, String reader, List<LedgerLine> lines) {
        return lines.stream()
                .filter(
                        line ->
                                line.topic().equals(topic.name())
                                        && line.processor().equals(reader))
                .toList();
    }
}

package io.farandole.orchestrator.verifying;

import java.util.List;
import java.util.Map;

/**
 * What the verification came to.
 *
 * @param events of the archive from which the rows were computed
 * @param traced source events of the broker's journal, each held against what came of it
 * @param untraced events of the archive that are older than the journal reaches
 * @param withheld events of the archive that are given to nobody: erased users had told them
 * @param leftOut events that ingestion refused or keeps waiting
 * @param rowsCompared by store
 */
public record Verdict(
        long events,
        long traced,
        long untraced,
        long withheld,
        long leftOut,
        Map<String, Long> rowsCompared,
        List<Discrepancy> discrepancies) {

    public boolean holds() {
        return discrepancies.isEmpty();
    }
}

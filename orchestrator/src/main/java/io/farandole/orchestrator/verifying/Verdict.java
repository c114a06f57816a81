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
 * @param stillCounted by row of popularity, how many acts of these users it counts at least: it was
 *     not rebuilt since they asked
 * @param leftOut source events that ingestion refused or keeps waiting
 * @param putAside by processor, how many internal events are among its dead letters, and so not in
 *     its rows
 * @param rowsCompared by store
 * @param notVerified what no event was held against, by store, and why
 */
public record Verdict(
        long events,
        long traced,
        long untraced,
        long withheld,
        Map<String, Long> stillCounted,
        long leftOut,
        Map<String, Long> putAside,
        Map<String, Long> rowsCompared,
        Map<String, String> notVerified,
        List<Discrepancy> discrepancies) {

    public boolean holds() {
        return discrepancies.isEmpty();
    }
}

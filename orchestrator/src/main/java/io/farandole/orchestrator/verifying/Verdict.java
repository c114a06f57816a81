package io.farandole.orchestrator.verifying;

import java.util.List;
import java.util.Map;

/**
 * What the verification came to.
 *
 * @param events source events that were folded anew
 * @param leftOut events that ingestion refused or keeps waiting
 * @param rowsCompared by store
 */
public record Verdict(
        long events,
        long leftOut,
        Map<String, Long> rowsCompared,
        List<Discrepancy> discrepancies) {

    public boolean holds() {
        return discrepancies.isEmpty();
    }
}

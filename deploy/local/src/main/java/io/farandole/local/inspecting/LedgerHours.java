package io.farandole.local.inspecting;

import io.farandole.local.console.Table;
import io.farandole.orchestrator.ledger.LedgerLine;
import io.farandole.orchestrator.ledger.ReadingLedger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The processors' books as they are kept: a line a topic, processor and hour of publication. */
public record LedgerHours(List<LedgerLine> lines) {

    /**
     * @param generation of each processor that has it; null for the active ones
     */
    public static LedgerHours of(Tables tables, @Nullable Integer generation) {
        ReadingLedger ledger = new ReadingLedger(tables.client());
        return new LedgerHours(generation == null ? ledger.lines() : ledger.lines(generation));
    }

    public Table table() {
        Table table =
                new Table(
                        "hour",
                        "topic",
                        "processor",
                        "generation",
                        "delivered",
                        "applied",
                        "duplicate",
                        "late",
                        "rejected",
                        "dead",
                        "waiting",
                        "withheld",
                        "expired",
                        "");
        for (LedgerLine line : lines) {
            table.row(
                    line.hour(),
                    line.topic(),
                    line.processor(),
                    line.generation(),
                    line.delivered(),
                    line.applied(),
                    line.duplicate(),
                    line.late(),
                    line.rejected(),
                    line.deadLettered(),
                    line.waiting(),
                    line.withheld(),
                    line.expired(),
                    line.adds() ? "adds up" : "DOES NOT ADD UP");
        }
        return table;
    }
}

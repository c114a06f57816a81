package io.farandole.local.inspecting;

import io.farandole.local.running.DataDirectory;
import io.farandole.orchestrator.verifying.Verdict;
import io.farandole.orchestrator.verifying.Verifying;
import java.util.Locale;

/** What became of computing every row again from the journal. */
public record Verification(Verdict verdict) {

    public static Verification of(DataDirectory directory, Tables tables) {
        return new Verification(new Verifying(directory.journal(), tables.client()).verify());
    }

    public boolean isClean() {
        return verdict.holds();
    }

    public String summary() {
        long rows = verdict.rowsCompared().values().stream().mapToLong(Long::longValue).sum();
        String compared =
                String.format(
                        Locale.ROOT,
                        "%,d rows compared with what %,d events say",
                        rows,
                        verdict.events());
        return isClean()
                ? compared + ": all as they should be"
                : String.format(
                        Locale.ROOT,
                        "%s: %,d are not, the first %s",
                        compared,
                        verdict.discrepancies().size(),
                        verdict.discrepancies().getFirst());
    }
}

package io.farandole.local.inspecting;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.asking.Answer;
import io.farandole.local.asking.Api;
import io.farandole.orchestrator.verifying.Verdict;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** What became of computing every row again from the archive. */
public record Verification(Verdict verdict) {

    /** Some millions of events take minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Computed where the archive is open, which is the process that runs.
     *
     * @throws Failure if it cannot be
     */
    public static Verification by(Api api) {
        Answer answer = api.get(api.verify(), PATIENCE);
        if (!answer.isOk()) {
            throw new Failure(
                    ExitCode.FAILED,
                    api.verify()
                            + " answers "
                            + answer.status()
                            + ": the state could not be computed. See the log, and: farandole"
                            + " status");
        }
        return new Verification(JSON.treeToValue(answer.body(), Verdict.class));
    }

    public boolean isClean() {
        return verdict.holds();
    }

    public String summary() {
        long rows = verdict.rowsCompared().values().stream().mapToLong(Long::longValue).sum();
        String compared =
                String.format(
                        Locale.ROOT,
                        "%,d rows compared with what %,d archived events say",
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

    /** What the broker's journal was asked, and what could not be told. */
    public String scope() {
        return String.format(
                        Locale.ROOT,
                        "Computed from the archive; %,d source events of the broker's journal traced"
                                + " to what came of them",
                        verdict.traced())
                + (verdict.untraced() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", %,d archived events are older than the journal",
                                verdict.untraced()))
                + (verdict.withheld() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", %,d of erased users are withheld, of which %,d rows of"
                                        + " popularity still count %,d",
                                verdict.withheld(),
                                verdict.stillCounted().size(),
                                verdict.stillCounted().values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum()));
    }
}

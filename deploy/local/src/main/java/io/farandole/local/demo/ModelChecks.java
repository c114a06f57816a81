package io.farandole.local.demo;

import io.farandole.events.TrainingEvent.Evaluated;
import io.farandole.orchestrator.runs.RunDetails;
import io.farandole.orchestrator.runs.RunState;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What must be so of a model's life. */
final class ModelChecks {

    private ModelChecks() {}

    /** What the gate says of a model that was measured on too few users. */
    private static final String TOO_FEW_USERS = "enough test users: NO.";

    /**
     * @param isShort whether so little happened that the gate may find too few users to judge by,
     *     and rightly reject the model
     */
    static List<Check> of(RunDetails run, boolean isShort) {
        return isShort && run.summary().state() == RunState.REJECTED
                ? List.of(judged(run))
                : List.of(released(run), better(run));
    }

    // Whatever else is said against it may follow from there being too few.
    private static Check judged(RunDetails run) {
        List<String> reasons = run.summary().reasons();
        return new Check(
                "a model was trained, and rejected for want of users to judge it by",
                reasons.stream().anyMatch(reason -> reason.startsWith(TOO_FEW_USERS)),
                "rejected: " + String.join(" ", reasons));
    }

    private static Check released(RunDetails run) {
        return new Check(
                "a model was trained, judged and released",
                run.summary().state() == RunState.DONE,
                run.release() == null
                        ? run.summary().state() + ": " + String.join(" ", run.summary().reasons())
                        : run.release().release() + ", " + run.release().spec());
    }

    private static Check better(RunDetails run) {
        List<Evaluated> measured =
                run.candidates().stream()
                        .map(RunDetails.Candidate::evaluated)
                        .filter(Objects::nonNull)
                        .toList();
        return new Check(
                "it is better than popularity beyond chance",
                measured.stream().anyMatch(model -> model.abovePopularityLow() > 0),
                measured.isEmpty() ? "nothing was measured" : text(measured.getFirst()));
    }

    private static String text(Evaluated model) {
        return String.format(
                Locale.ROOT,
                "NDCG@10 %.4f against %.4f on %,d users; the difference is between %+.4f and %+.4f"
                        + " (95 %%)",
                model.ndcg10(),
                model.popularityNdcg10(),
                model.testUsers(),
                model.abovePopularityLow(),
                model.abovePopularityHigh());
    }
}

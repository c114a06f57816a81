package io.farandole.orchestrator.verifying;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the rows of canaries should say: since when each is tried, and whether that is over. */
final class RecomputingTrials {

    static final String STORE = "guardrails.trials";

    private static final String GUARDRAILS = "guardrails";

    private final Map<String, Trial> byRelease = new HashMap<>();
    private final ExpectedRows expected;

    RecomputingTrials(ExpectedRows expected) {
        this.expected = expected;
        expected.compare(STORE);
    }

    /** Of the run that released it last; before that, of the least run that was told of it. */
    private record Trial(String run, @Nullable Instant since, boolean ended) {

        Trial begun(String ofRun, Instant at) {
            int order = since == null ? 1 : at.compareTo(since);
            return order > 0 || (order == 0 && ofRun.compareTo(run) < 0)
                    ? new Trial(ofRun, at, ended)
                    : this;
        }

        Trial over(String ofRun) {
            boolean isLess = since == null && ofRun.compareTo(run) < 0;
            return new Trial(isLess ? ofRun : run, since, true);
        }

        ObjectNode says(String release) {
            ObjectNode row =
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("release", release)
                            .put("run", run)
                            .put("ended", ended);
            return since == null ? row : row.put("since", since.toString());
        }
    }

    /**
     * @param event about a run
     */
    void accept(JournaledEvent event) {
        if (!event.isAppliedBy(GUARDRAILS)) {
            return;
        }
        String run = event.text("run");
        String release = event.text("release");
        Trial before = byRelease.getOrDefault(release, new Trial(run, null, false));
        switch (event.kind()) {
            case "released" -> {
                if (event.body().hasNonNull("share")) {
                    byRelease.put(release, before.begun(run, event.recorded()));
                }
            }
            case "promoted", "rolledBack", "canaryJudged" ->
                    byRelease.put(release, before.over(run));
            default -> {}
        }
    }

    void finish() {
        byRelease.forEach(
                (release, trial) -> expected.row(STORE, release, () -> trial.says(release)));
    }
}

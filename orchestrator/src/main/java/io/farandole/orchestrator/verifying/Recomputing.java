package io.farandole.orchestrator.verifying;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Gives each event to whoever computes rows from its kind. */
final class Recomputing {

    private final ExpectedRows expected = new ExpectedRows();
    private final RecomputingCatalogue catalogue = new RecomputingCatalogue(expected);
    private final RecomputingPopularity popularity = new RecomputingPopularity(expected);
    private final WithheldActs withheld = new WithheldActs();
    private final RecomputingUsers users = new RecomputingUsers(expected);
    private final RecomputingRuns runs = new RecomputingRuns(expected);
    private final RecomputingTrials trials = new RecomputingTrials(expected);
    private final RecomputingTriggers triggers;
    private final RecomputingShown shown;

    /**
     * @param now what the clock had removed long before is not computed
     * @param longestTrial of a canary
     */
    Recomputing(Instant now, Duration longestTrial) {
        this.triggers = new RecomputingTriggers(expected, now);
        this.shown = new RecomputingShown(expected, now, longestTrial);
    }

    void accept(JournaledEvent event) {
        switch (event.topic()) {
            case "catalogue" -> catalogue.accept(event);
            case "training" -> {
                runs.accept(event);
                triggers.training(event);
                trials.accept(event);
            }
            case "impressions" -> shown.impression(event);
            default -> {
                users.accept(event);
                triggers.act(event);
                shown.activity(event);
                if (Act.isWithItem(event.kind())) {
                    popularity.accept(event);
                }
            }
        }
    }

    /** An event that nobody is given: what is about its user is gone, what counts names nobody. */
    void withheld(JournaledEvent event) {
        shown.withheld(event);
        if (event.topic().equals("activity") && Act.isWithItem(event.kind())) {
            withheld.add(event);
            triggers.withheld(event);
        }
    }

    WithheldActs withheld() {
        return withheld;
    }

    /** After the last event. */
    void finish() {
        catalogue.finish();
        popularity.finish();
        users.finish();
        runs.finish();
        withheld.finish(expected);
        triggers.finish();
        trials.finish();
        shown.finish();
    }

    ExpectedRows expected() {
        return expected;
    }

    /** Users who are to have a list. */
    Set<String> remembered() {
        return users.remembered();
    }
}

package io.farandole.orchestrator.runs;

import io.farandole.events.TrainingEvent;
import java.util.Locale;

/** An event of a run in one line, for people; the reasons of a verdict are told beside it. */
final class Summary {

    private Summary() {}

    static String of(TrainingEvent event) {
        return switch (event) {
            case TrainingEvent.Requested requested ->
                    "by "
                            + requested.by()
                            + ": "
                            + (requested.candidates().isEmpty()
                                    ? "the configured candidates"
                                    : String.join(", ", requested.candidates()))
                            + (requested.reason() == null ? "" : "; " + requested.reason());
            case TrainingEvent.DatasetReady ready ->
                    String.format(
                            Locale.ROOT,
                            "%,d users, %,d items, %,d interactions; judged by %,d users",
                            ready.users(),
                            ready.items(),
                            ready.interactions(),
                            ready.testUsers());
            case TrainingEvent.ModelTrained trained ->
                    String.format(
                            Locale.ROOT,
                            "%s (%d of %d) in %.1f s",
                            trained.spec(),
                            trained.candidate(),
                            trained.candidates(),
                            trained.seconds());
            case TrainingEvent.Evaluated evaluated ->
                    String.format(
                            Locale.ROOT,
                            "%s (%d of %d) has NDCG@10 %.4f, popularity %.4f: better by %.4f to %.4f",
                            evaluated.spec(),
                            evaluated.candidate(),
                            evaluated.candidates(),
                            evaluated.ndcg10(),
                            evaluated.popularityNdcg10(),
                            evaluated.abovePopularityLow(),
                            evaluated.abovePopularityHigh());
            case TrainingEvent.Approved approved -> approved.spec();
            case TrainingEvent.Rejected rejected -> rejected.spec();
            case TrainingEvent.Released released ->
                    String.format(
                            Locale.ROOT,
                            "%s, %s, to %s: %,d users have a list, %,d items have similar ones",
                            released.release(),
                            released.spec(),
                            released.share() == null
                                    ? "everybody"
                                    : released.share() + " % of the users",
                            released.users(),
                            released.items());
            case TrainingEvent.PromotionRequested asked ->
                    asked.release() + " by " + asked.by() + ": " + asked.reason();
            case TrainingEvent.RollbackRequested asked ->
                    asked.release() + " by " + asked.by() + ": " + asked.reason();
            case TrainingEvent.CanaryJudged judged ->
                    judged.release()
                            + (judged.good() ? " is good: " : " is bad: ")
                            + String.join(" ", judged.reasons());
            case TrainingEvent.Promoted promoted ->
                    promoted.release()
                            + (promoted.former() == null ? "" : " in place of " + promoted.former())
                            + ", by "
                            + promoted.by();
            case TrainingEvent.RolledBack back ->
                    back.release() + "; " + back.served() + " is served; by " + back.by();
            case TrainingEvent.SwitchRefused refused ->
                    refused.release() + ", of " + refused.by() + ": " + refused.reason();
            case TrainingEvent.Failed failed -> failed.step() + ": " + failed.reason();
        };
    }
}

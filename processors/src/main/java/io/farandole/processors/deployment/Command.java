package io.farandole.processors.deployment;

import io.farandole.events.Message;
import io.farandole.events.RunId;
import io.farandole.events.TrainingEvent;
import java.util.List;
import java.util.Optional;

/**
 * Somebody wants a release to be served to everybody, or to nobody.
 *
 * @param id of the event that said so
 * @param by who wants it
 * @param reasons why, for people
 */
record Command(String id, Kind kind, RunId run, String release, String by, List<String> reasons) {

    private static final String GUARDRAILS = "guardrails";

    enum Kind {
        PROMOTE,
        ROLL_BACK
    }

    static Optional<Command> of(Message<TrainingEvent> message) {
        String id = message.envelope().id();
        return switch (message.event()) {
            case TrainingEvent.PromotionRequested(
                            RunId run,
                            String release,
                            String by,
                            String reason) ->
                    Optional.of(new Command(id, Kind.PROMOTE, run, release, by, List.of(reason)));
            case TrainingEvent.RollbackRequested(
                            RunId run,
                            String release,
                            String by,
                            String reason) ->
                    Optional.of(new Command(id, Kind.ROLL_BACK, run, release, by, List.of(reason)));
            case TrainingEvent.CanaryJudged(
                            RunId run,
                            String release,
                            boolean good,
                            List<String> reasons) ->
                    Optional.of(
                            new Command(
                                    id,
                                    good ? Kind.PROMOTE : Kind.ROLL_BACK,
                                    run,
                                    release,
                                    GUARDRAILS,
                                    reasons));
            default -> Optional.empty();
        };
    }
}

package io.farandole.orchestrator.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a run's timeline.
 *
 * @param at when it was recorded
 * @param kind the event's kind, such as {@code modelTrained}
 * @param step who said it
 * @param seconds since its cause, if that is in the timeline: how long the step took, its waiting
 *     included
 * @param id the event's
 * @param cause the id of the event that it directly follows from
 * @param causeKind what that was, if it is in the timeline
 */
public record Happening(
        Instant at,
        String kind,
        String step,
        @Nullable Double seconds,
        String summary,
        String id,
        @Nullable String cause,
        @Nullable String causeKind) {

    static List<Happening> of(List<Moment> timeline) {
        Map<String, Moment> known = new HashMap<>();
        timeline.forEach(moment -> known.put(moment.id(), moment));
        return timeline.stream()
                .map(
                        moment ->
                                of(
                                        moment,
                                        moment.cause() == null ? null : known.get(moment.cause())))
                .toList();
    }

    private static Happening of(Moment moment, @Nullable Moment cause) {
        return new Happening(
                moment.at(),
                moment.kind(),
                moment.step(),
                cause == null ? null : Seconds.of(Duration.between(cause.at(), moment.at())),
                moment.summary(),
                moment.id(),
                moment.cause(),
                cause == null ? null : cause.kind());
    }
}

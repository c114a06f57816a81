package io.farandole.orchestrator.runs;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.farandole.events.Envelope;
import io.farandole.events.Message;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Something that a step said about a run.
 *
 * @param kind the event's kind, such as {@code modelTrained}
 * @param step who said it
 * @param at when it was recorded: what a fold says has the event time of its input, which would
 *     make every fold take no time
 * @param id the event's
 * @param cause the id of the event that it directly follows from
 * @param summary in a line, for people
 * @param event all of it
 */
record Moment(
        String kind,
        String step,
        Instant at,
        String id,
        @Nullable String cause,
        String summary,
        @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
                @JsonSubTypes({
                    @JsonSubTypes.Type(value = TrainingEvent.Requested.class, name = "requested"),
                    @JsonSubTypes.Type(
                            value = TrainingEvent.DatasetReady.class,
                            name = "datasetReady"),
                    @JsonSubTypes.Type(
                            value = TrainingEvent.ModelTrained.class,
                            name = "modelTrained"),
                    @JsonSubTypes.Type(value = TrainingEvent.Evaluated.class, name = "evaluated"),
                    @JsonSubTypes.Type(value = TrainingEvent.Approved.class, name = "approved"),
                    @JsonSubTypes.Type(value = TrainingEvent.Rejected.class, name = "rejected"),
                    @JsonSubTypes.Type(value = TrainingEvent.Released.class, name = "released"),
                    @JsonSubTypes.Type(
                            value = TrainingEvent.PromotionRequested.class,
                            name = "promotionRequested"),
                    @JsonSubTypes.Type(
                            value = TrainingEvent.RollbackRequested.class,
                            name = "rollbackRequested"),
                    @JsonSubTypes.Type(
                            value = TrainingEvent.CanaryJudged.class,
                            name = "canaryJudged"),
                    @JsonSubTypes.Type(value = TrainingEvent.Promoted.class, name = "promoted"),
                    @JsonSubTypes.Type(value = TrainingEvent.RolledBack.class, name = "rolledBack"),
                    @JsonSubTypes.Type(
                            value = TrainingEvent.SwitchRefused.class,
                            name = "switchRefused"),
                    @JsonSubTypes.Type(value = TrainingEvent.Failed.class, name = "failed")
                })
                TrainingEvent event)
        implements Comparable<Moment> {

    // Two steps on two machines may record within one millisecond: a cause comes first.
    private static final Comparator<Moment> ORDER =
            Comparator.comparing(Moment::at)
                    .thenComparingInt(Moment::place)
                    .thenComparing(Moment::id);

    static Moment of(Message<TrainingEvent> message) {
        Envelope envelope = message.envelope();
        return new Moment(
                kindOf(message.event()),
                envelope.source().substring(envelope.source().lastIndexOf('/') + 1),
                envelope.recordedTime(),
                envelope.id(),
                envelope.causationId(),
                Summary.of(message.event()),
                message.event());
    }

    @Override
    public int compareTo(Moment other) {
        return ORDER.compare(this, other);
    }

    private int place() {
        return switch (event) {
            case TrainingEvent.Requested _ -> 0;
            case TrainingEvent.DatasetReady _ -> 1;
            case TrainingEvent.ModelTrained _ -> 2;
            case TrainingEvent.Evaluated _ -> 3;
            case TrainingEvent.Approved _, TrainingEvent.Rejected _ -> 4;
            case TrainingEvent.Released _ -> 5;
            case TrainingEvent.PromotionRequested _,
                    TrainingEvent.RollbackRequested _,
                    TrainingEvent.CanaryJudged _ ->
                    6;
            case TrainingEvent.Promoted _,
                    TrainingEvent.RolledBack _,
                    TrainingEvent.SwitchRefused _ ->
                    7;
            case TrainingEvent.Failed _ -> 8;
        };
    }

    private static String kindOf(TrainingEvent event) {
        return TopicCatalogue.TRAINING.kinds().stream()
                .filter(kind -> kind.record().isInstance(event))
                .findFirst()
                .orElseThrow()
                .name();
    }
}

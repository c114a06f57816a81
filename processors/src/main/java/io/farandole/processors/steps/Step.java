package io.farandole.processors.steps;

import io.farandole.events.Envelope;
import io.farandole.events.RunId;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Saying;
import io.farandole.streams.Source;
import io.farandole.streams.Work;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step in a model's life: hears one kind of event, works for as long as it takes, and says what
 * came of it. When it has failed too often it says so, and the run ends.
 */
public final class Step {

    private static final Logger log = LoggerFactory.getLogger(Step.class);
    private static final int ATTEMPTS = 4;
    private static final int LONGEST_REASON = 500;

    private Step() {}

    /** The work of a step. */
    @FunctionalInterface
    public interface Doing<K extends TrainingEvent> {
        /**
         * @return what is to be said then
         * @throws GivenUp if trying again would not help
         * @throws Exception if it may: it is tried again, a few times
         */
        List<TrainingEvent> on(K event) throws Exception;
    }

    /** The same of an event of which it has to be known who said it, and because of what. */
    @FunctionalInterface
    public interface DoingAsSaid<K extends TrainingEvent> {
        /** As {@link Doing#on}. */
        List<TrainingEvent> on(K event, Envelope envelope) throws Exception;
    }

    /** What is to be cleared away before it is said that the step is given up. */
    @FunctionalInterface
    public interface Clearing<K extends TrainingEvent> {
        /** May be asked more than once, and where there is nothing to clear away. */
        void after(K event);
    }

    /** The description of a step that does this on that kind of event; more can be added to it. */
    public static <K extends TrainingEvent> Processor.Builder named(
            String name, Class<K> kind, Doing<K> doing) {
        return named(name, kind, (event, _) -> doing.on(event), _ -> {});
    }

    /** The description of a step that leaves nothing half done when it is given up. */
    public static <K extends TrainingEvent> Processor.Builder named(
            String name, Class<K> kind, DoingAsSaid<K> doing, Clearing<K> clearing) {
        Work<TrainingEvent> work = work(name, kind, doing, clearing);
        return Processor.named(name)
                .reads(
                        Source.of(
                                TopicCatalogue.TRAINING,
                                (_, _) -> {},
                                (message, context) -> {
                                    if (kind.isInstance(message.event())) {
                                        context.entrust(work);
                                    }
                                    return Outcome.APPLIED;
                                }))
                .does(work)
                .says(TopicCatalogue.TRAINING);
    }

    /** The work of a step alone, for a processor that does more than one. */
    public static <K extends TrainingEvent> Work<TrainingEvent> work(
            String name, Class<K> kind, DoingAsSaid<K> doing, Clearing<K> clearing) {
        return new Work<>(
                name,
                message ->
                        said(
                                done(
                                        name,
                                        kind.cast(message.event()),
                                        message.envelope(),
                                        doing,
                                        clearing)),
                (message, reason) -> {
                    clearing.after(kind.cast(message.event()));
                    return said(failed(message.event().run(), name, reason));
                },
                ATTEMPTS);
    }

    private static <K extends TrainingEvent> List<TrainingEvent> done(
            String name, K event, Envelope envelope, DoingAsSaid<K> doing, Clearing<K> clearing)
            throws Exception {
        try {
            return doing.on(event, envelope);
        } catch (GivenUp e) {
            log.warn("Step {} of {} is given up: {}", name, event.run(), e.getMessage());
            clearing.after(event);
            return failed(event.run(), name, String.valueOf(e.getMessage()));
        }
    }

    private static List<TrainingEvent> failed(RunId run, String step, String reason) {
        String told = reason.isBlank() ? "no reason was given" : reason.strip();
        if (told.length() > LONGEST_REASON) {
            told = told.substring(0, LONGEST_REASON - 1) + "…";
        }
        return List.of(new TrainingEvent.Failed(run, step, told));
    }

    private static List<Saying> said(List<TrainingEvent> events) {
        return events.stream().map(event -> new Saying(TopicCatalogue.TRAINING, event)).toList();
    }
}

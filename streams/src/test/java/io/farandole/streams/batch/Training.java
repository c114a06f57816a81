package io.farandole.streams.batch;

import static io.farandole.events.TopicCatalogue.TRAINING;

import io.farandole.events.EventId;
import io.farandole.events.Identity;
import io.farandole.events.Message;
import io.farandole.events.RunId;
import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.Failed;
import io.farandole.events.TrainingEvent.Rejected;
import io.farandole.events.TrainingEvent.Requested;
import io.farandole.streams.Context;
import io.farandole.streams.Delivery;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Saying;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.Work;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A processor with long work: what is requested is judged, and that it was requested is said at
 * once. How the work goes is up to the test.
 */
public final class Training {

    public static final String NAME = "judging";
    static final Store<Seen> SEEN = new Store<>("seen", Seen.class);

    /** How the work goes. */
    @FunctionalInterface
    public interface Course {
        void run(Message<TrainingEvent> message) throws Exception;
    }

    /** A run that was requested. */
    record Seen(String by) {}

    public final AtomicInteger performed = new AtomicInteger();
    public volatile Course course = _ -> {};

    public final Work<TrainingEvent> judge =
            new Work<>(
                    "judge",
                    message -> {
                        performed.incrementAndGet();
                        course.run(message);
                        RunId run = message.event().run();
                        return List.of(
                                new Saying(TRAINING, rejected(run, "too early")),
                                new Saying(TRAINING, rejected(run, "and too small")));
                    },
                    Training::fail,
                    3);

    public Processor processor() {
        return Processor.named(NAME)
                .reads(
                        Source.of(
                                TRAINING,
                                (message, touched) ->
                                        touched.update(SEEN.at(message.event().run().value())),
                                this::fold))
                .keeps(SEEN)
                .says(TRAINING)
                .does(judge)
                .build();
    }

    private Outcome fold(Message<TrainingEvent> message, Context context) {
        if (!(message.event() instanceof Requested requested)) {
            return Outcome.APPLIED;
        }
        context.put(SEEN.at(requested.run().value()), new Seen(requested.by()));
        context.say(TRAINING, rejected(requested.run(), "not judged yet"));
        context.entrust(judge);
        context.entrust(judge);
        return switch (requested.by()) {
            case "nobody" -> throw new IllegalArgumentException("nobody asked");
            case "later" -> new Outcome.Waiting("not now");
            default -> Outcome.APPLIED;
        };
    }

    private static List<Saying> fail(Message<TrainingEvent> message, String reason) {
        if (reason.equals("unspeakable")) {
            throw new IllegalArgumentException("no words for it");
        }
        return List.of(new Saying(TRAINING, new Failed(message.event().run(), "judge", reason)));
    }

    /** That a run is wanted. */
    public static Delivery requested(String run, String by, Instant at) {
        return Deliveries.delivery(
                TRAINING,
                idOf(run, at),
                "farandole/test",
                new Requested(new RunId(run), by, List.of()),
                at);
    }

    static String idOf(String run, Instant at) {
        return EventId.ingested(at, TRAINING, Identity.of("tests", run), 0).toString();
    }

    /** The processor's one source. */
    @SuppressWarnings("unchecked")
    public static Source<TrainingEvent> source(Processor processor) {
        return (Source<TrainingEvent>) processor.sources().getFirst();
    }

    private static Rejected rejected(RunId run, String reason) {
        return new Rejected(run, "models/m", "popularity", List.of(reason));
    }
}

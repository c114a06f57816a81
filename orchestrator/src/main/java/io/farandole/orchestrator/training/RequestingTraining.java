package io.farandole.orchestrator.training;

import io.farandole.events.RunId;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import io.farandole.orchestrator.publishing.PublishingEvents;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Publishes a {@code training requested} that begins a new run. */
public final class RequestingTraining {

    // Two operators may ask within one second.
    private static final int SUFFIXES = 1 << 16;
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PublishingEvents publishing;
    private final Clock clock;

    public RequestingTraining(PublishingEvents publishing, Clock clock) {
        this.publishing = publishing;
        this.clock = clock;
    }

    /**
     * Asks for a model, and returns once the broker has acknowledged the request. What becomes of
     * it is in the run's timeline.
     *
     * @param by who asks, such as {@code operator}
     * @param candidates specifications of the models to try; none means the configured ones
     * @return the new run, such as {@code run-20260301-093000-5f0c}: when it was asked for, UTC
     * @throws IllegalArgumentException if one of these is no identifier: blank, or too long
     * @throws java.util.concurrent.CompletionException if the request could not be published
     */
    public RunId request(String by, List<String> candidates) {
        RunId run =
                new RunId(
                        "run-%s-%04x"
                                .formatted(
                                        SECOND.format(clock.instant()),
                                        ThreadLocalRandom.current().nextInt(SUFFIXES)));
        publishing
                .publish(
                        TopicCatalogue.TRAINING,
                        new TrainingEvent.Requested(run, by, candidates),
                        run.value())
                .join();
        return run;
    }
}

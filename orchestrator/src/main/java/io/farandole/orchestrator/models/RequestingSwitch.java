package io.farandole.orchestrator.models;

import io.farandole.events.EventId;
import io.farandole.events.RunId;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import io.farandole.orchestrator.publishing.PublishingEvents;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Publishes that a release is to be promoted, or rolled back. */
public final class RequestingSwitch {

    private final PublishingEvents publishing;
    private final Clock clock;

    public RequestingSwitch(PublishingEvents publishing, Clock clock) {
        this.publishing = publishing;
        this.clock = clock;
    }

    /**
     * Asks that a release be served to everybody, and returns once the broker has acknowledged it.
     *
     * @param by who asks
     * @param reason why
     * @return the event's id, by which its outcome is found
     * @throws IllegalArgumentException if by or reason is blank or too long
     * @throws java.util.concurrent.CompletionException if it could not be published
     */
    public UUID promote(ReleasedModel release, String by, String reason) {
        return publish(
                new TrainingEvent.PromotionRequested(
                        new RunId(release.run()), release.release(), by, reason));
    }

    /** As {@link #promote}, that a release be served to nobody. */
    public UUID rollBack(ReleasedModel release, String by, String reason) {
        return publish(
                new TrainingEvent.RollbackRequested(
                        new RunId(release.run()), release.release(), by, reason));
    }

    private UUID publish(TrainingEvent event) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        UUID id = EventId.ingested(now, TopicCatalogue.TRAINING, UUID.randomUUID(), 0);
        publishing.publish(TopicCatalogue.TRAINING, event, id, now, event.run().value()).join();
        return id;
    }
}

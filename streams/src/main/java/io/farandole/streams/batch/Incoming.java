package io.farandole.streams.batch;

import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.streams.Delivery;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A delivery, as far as it is understood before any transaction.
 *
 * @param hour in which it is counted: of this delivery's publication
 */
record Incoming<E extends Event>(Delivery delivery, Claim claim, Instant hour, Reading<E> reading) {

    Incoming(Delivery delivery, Claim claim, Reading<E> reading) {
        this(delivery, claim, hourOf(delivery), reading);
    }

    static Instant hourOf(Delivery delivery) {
        return delivery.publishTime().truncatedTo(ChronoUnit.HOURS);
    }

    /** What order is kept by, if it is known. */
    @Nullable String key() {
        return switch (reading) {
            case Foldable<E>(Message<E> message) -> message.envelope().subject();
            case Unfit<E>(Misfortune _, String subject) -> subject;
            case Withheld<E>() -> null;
        };
    }

    /** Whether it is passed over, for its user asked to be forgotten. */
    boolean isWithheld() {
        return reading instanceof Withheld<E>;
    }

    /** What a message was read as. */
    sealed interface Reading<E extends Event> {}

    /** An event that went through all stateless steps. */
    record Foldable<E extends Event>(Message<E> message) implements Reading<E> {}

    /** Not decoded, for its user asked to be forgotten since. */
    record Withheld<E extends Event>() implements Reading<E> {}

    /**
     * Not to be folded.
     *
     * @param subject of an event that only failed on the way
     */
    record Unfit<E extends Event>(Misfortune misfortune, @Nullable String subject)
            implements Reading<E> {
        Unfit(Misfortune misfortune) {
            this(misfortune, null);
        }
    }
}

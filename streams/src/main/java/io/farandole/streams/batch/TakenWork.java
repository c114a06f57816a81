package io.farandole.streams.batch;

import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.streams.Saying;
import io.farandole.streams.Work;
import io.farandole.streams.batch.Incoming.Foldable;
import io.farandole.streams.batch.Incoming.Unfit;
import io.farandole.streams.batch.Incoming.Withheld;
import java.util.List;

/** A work that this owner may perform until its lease ends. */
public final class TakenWork<E extends Event> {

    /** Why an attempt has failed of which nobody tells. */
    static final String ABANDONED = "its process was killed, or stopped responding";

    private final long id;
    private final long fence;
    private final int attempts;
    private final boolean usedUp;
    private final Work<E> work;
    private final Incoming<E> incoming;

    /**
     * @param attempts how often it has failed
     * @param abandoned whether its last owner did not end it
     */
    TakenWork(
            long id,
            long fence,
            int attempts,
            boolean abandoned,
            Work<E> work,
            Incoming<E> incoming) {
        this.id = id;
        this.fence = fence;
        this.attempts = attempts;
        this.usedUp = abandoned && work.isGivenUpAfter(attempts);
        this.work = work;
        this.incoming = incoming;
    }

    public String name() {
        return work.name();
    }

    /**
     * Performs it; the database is not asked.
     *
     * @throws IllegalStateException at once if there is no attempt left: its process was killed in
     *     the last one, and might be again
     */
    public List<Saying> perform() throws Exception {
        if (usedUp) {
            throw new IllegalStateException(
                    ABANDONED + ", in the last of " + attempts + " attempts");
        }
        return work.performing().perform(message());
    }

    /** What is to be said when it is given up. */
    List<Saying> fail(String reason) {
        return work.failing().fail(message(), reason);
    }

    /**
     * The message as its fold saw it.
     *
     * @throws IllegalStateException if it cannot be read any more
     */
    Message<E> message() {
        return switch (incoming.reading()) {
            case Foldable<E>(Message<E> message) -> message;
            case Unfit<E>(Misfortune misfortune, var _) ->
                    throw new IllegalStateException(
                            "the message that was entrusted cannot be read any more: "
                                    + misfortune.place()
                                    + " "
                                    + misfortune.reason());
            case Withheld<E>() ->
                    throw new IllegalStateException("what is withheld is never entrusted");
        };
    }

    boolean isGivenUpNow() {
        return work.isGivenUpAfter(attempts + 1);
    }

    long id() {
        return id;
    }

    long fence() {
        return fence;
    }

    /** How often it was tried, whatever comes of this time. */
    int attemptsInTheEnd() {
        return usedUp ? attempts : attempts + 1;
    }

    Work<E> work() {
        return work;
    }

    Claim claim() {
        return incoming.claim();
    }
}

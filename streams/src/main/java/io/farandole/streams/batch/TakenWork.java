package io.farandole.streams.batch;

import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.streams.Saying;
import io.farandole.streams.Work;
import io.farandole.streams.batch.Incoming.Foldable;
import io.farandole.streams.batch.Incoming.Unfit;
import java.util.List;

/** A work that this owner may perform until its lease ends. */
public final class TakenWork<E extends Event> {

    private final long id;
    private final long fence;
    private final int attempts;
    private final Work<E> work;
    private final Incoming<E> incoming;

    /**
     * @param attempts how often it has failed
     */
    TakenWork(long id, long fence, int attempts, Work<E> work, Incoming<E> incoming) {
        this.id = id;
        this.fence = fence;
        this.attempts = attempts;
        this.work = work;
        this.incoming = incoming;
    }

    public String name() {
        return work.name();
    }

    /** Performs it; the database is not asked. */
    public List<Saying> perform() throws Exception {
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
            case Unfit<E>(Misfortune misfortune) ->
                    throw new IllegalStateException(
                            "the message that was entrusted cannot be read any more: "
                                    + misfortune.place()
                                    + " "
                                    + misfortune.reason());
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

    int attempts() {
        return attempts;
    }

    Work<E> work() {
        return work;
    }

    Claim claim() {
        return incoming.claim();
    }
}

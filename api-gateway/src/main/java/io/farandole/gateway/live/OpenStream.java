package io.farandole.gateway.live;

import io.farandole.events.UserId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Somebody who looks at a user's list. However many changes wait for it, it keeps the last. */
public final class OpenStream {

    private final UserId user;
    private final Sinks.Many<Long> changes = Sinks.many().replay().latest();
    private long count;

    OpenStream(UserId user) {
        this.user = user;
    }

    UserId user() {
        return user;
    }

    /** The list may be another now. Safe on any thread. */
    public synchronized void changed() {
        count++;
        // Replaying the latest, it is never full; when it has ended nobody looks any more.
        changes.tryEmitNext(count);
    }

    /** A number for each time that the list may have changed; the latest first. */
    public Flux<Long> changes() {
        return changes.asFlux();
    }
}

package io.farandole.streams;

import io.farandole.events.Envelope;

/**
 * A timer whose time has come.
 *
 * @param because the envelope of the message that set it
 */
public record DueTimer(Timer timer, Firing firing, Envelope because) {

    /** The envelope that stands for an input of its fold: what is said has the firing's time. */
    Envelope input() {
        return new Envelope(
                because.id(),
                because.source(),
                because.type(),
                because.subject(),
                firing.at(),
                because.recordedTime(),
                because.correlationId(),
                because.causationId(),
                because.causedBy(),
                null,
                because.traceParent());
    }
}

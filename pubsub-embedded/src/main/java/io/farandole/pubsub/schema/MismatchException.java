package io.farandole.pubsub.schema;

/** A message that does not fit a schema: at which place in it, and why. */
public final class MismatchException extends Exception {

    private static final long serialVersionUID = 1;

    MismatchException(String place, String reason) {
        super(place + ": " + reason);
    }

    /** For messages that have no places, or none that could be told. */
    MismatchException(String reason) {
        super(reason);
    }
}

package io.farandole.events;

/**
 * Carries a refusal from where it is noticed, deep in a parse, to the codec, which makes a value of
 * it.
 */
final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String place;
    private final String reason;

    Unreadable(String place, String reason) {
        // Without a stack trace: bad input is ordinary and must be cheap.
        super(place + ": " + reason, null, false, false);
        this.place = place;
        this.reason = reason;
    }

    String place() {
        return place;
    }

    String reason() {
        return reason;
    }
}

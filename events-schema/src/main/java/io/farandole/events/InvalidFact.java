package io.farandole.events;

/** A value that an event cannot hold; says which component and why. */
final class InvalidFact extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String component;
    private final String reason;

    InvalidFact(String component, String reason) {
        super(component + " " + reason);
        this.component = component;
        this.reason = reason;
    }

    String component() {
        return component;
    }

    String reason() {
        return reason;
    }
}

package io.farandole.pubsub.filter;

/** A text that is no filter; the message says what is wrong, and at which character. */
public final class InvalidFilterException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int position;

    InvalidFilterException(int position, String wrong) {
        super("The filter is wrong at character " + (position + 1) + ": " + wrong);
        this.position = position;
    }

    /** How many characters stand before what is wrong. */
    public int position() {
        return position;
    }
}

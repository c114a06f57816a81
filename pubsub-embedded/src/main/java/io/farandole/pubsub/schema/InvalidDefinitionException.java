package io.farandole.pubsub.schema;

/** A text that is no schema of its type; the message says what is wrong, and where. */
public final class InvalidDefinitionException extends Exception {

    private static final long serialVersionUID = 1;

    InvalidDefinitionException(String message) {
        super(message);
    }

    InvalidDefinitionException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.farandole.local.importing;

/** Events were sent, and nobody said that they arrived. */
public final class NotAcknowledged extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotAcknowledged(String message) {
        super(message);
    }

    NotAcknowledged(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.farandole.pubsub.journal;

/** There is no room at the moment; the journal takes records again once there is. */
public final class JournalFullException extends JournalException {

    private static final long serialVersionUID = 1;

    JournalFullException(String message) {
        super(message);
    }

    JournalFullException(String message, Throwable cause) {
        super(message, cause);
    }
}

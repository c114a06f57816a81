package io.farandole.pubsub.journal;

/**
 * The journal cannot be used as it is: it is locked, damaged, or its disk refuses; the message says
 * what to do.
 */
public sealed class JournalException extends RuntimeException
        permits DirectoryInUseException, JournalFullException {

    private static final long serialVersionUID = 1;

    JournalException(String message) {
        super(message);
    }

    JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.farandole.pubsub.journal;

/** Another server has the journal's directory. */
public final class DirectoryInUseException extends JournalException {

    private static final long serialVersionUID = 1;

    DirectoryInUseException(String message) {
        super(message);
    }
}

package io.farandole.streams.batch;

/** What was looked up has changed: whoever tries again looks it up anew. */
final class Outdated extends Contended {

    private static final long serialVersionUID = 1L;

    Outdated(String message) {
        super(message);
    }
}

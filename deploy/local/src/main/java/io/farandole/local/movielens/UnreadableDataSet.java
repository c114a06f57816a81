package io.farandole.local.movielens;

/** A directory that holds no MovieLens data set, or one that cannot be read. */
public final class UnreadableDataSet extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableDataSet(String message) {
        super(message);
    }

    UnreadableDataSet(String message, Throwable cause) {
        super(message, cause);
    }
}

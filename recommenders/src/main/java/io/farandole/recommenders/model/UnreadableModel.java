package io.farandole.recommenders.model;

import java.nio.file.Path;

/** A directory that is no model, or not as it was written. */
public final class UnreadableModel extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableModel(Path place, String reason) {
        super(place + ": " + reason);
    }

    UnreadableModel(Path place, String reason, Throwable cause) {
        super(place + ": " + reason, cause);
    }
}

package io.farandole.processors.vertex;

import java.io.Serial;

/**
 * Vertex AI did not do what it was asked for; to ask again, later, may help. The message is all
 * that is to be said: a run's failure is told by the innermost cause, and that one does not know
 * what was being done.
 */
public final class VertexTrouble extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    public VertexTrouble(String message) {
        super(message);
    }

    VertexTrouble(String message, Throwable cause) {
        super(message);
        addSuppressed(cause);
    }
}

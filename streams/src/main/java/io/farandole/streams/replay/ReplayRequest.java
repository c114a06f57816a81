package io.farandole.streams.replay;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that a process which runs the processor is asked to do.
 *
 * @param arguments by name, as texts
 * @param answer what came of it, as JSON
 * @param reason why it was refused, or failed
 */
public record ReplayRequest(
        long id,
        Kind kind,
        String processor,
        Map<String, String> arguments,
        State state,
        @Nullable String answer,
        @Nullable String reason) {

    /** What is asked. */
    public enum Kind {
        /** A new generation, from the archive. */
        START,
        /** One key's rows computed anew. */
        KEY,
        /** What was missed is brought again. */
        REPAIR,
        /** A generation is no longer needed. */
        DROP
    }

    /** How far it is. */
    public enum State {
        ASKED,
        TAKEN,
        DONE,
        /** It cannot be done, as asked. */
        REFUSED,
        /** It should have been possible. */
        FAILED;

        public boolean isAnswered() {
            return compareTo(TAKEN) > 0;
        }
    }

    /** An argument that must be there. */
    public String argument(String name) {
        String value = arguments.get(name);
        if (value == null) {
            throw new IllegalStateException("request " + id + " (" + kind + ") has no " + name);
        }
        return value;
    }
}

package io.farandole.streams.batch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A generation, as registered.
 *
 * @param fed whether events are still applied to it
 * @param emits whether its processor says anything
 * @param switched when it was last switched to, or from
 * @param trouble why it does not get on, if it does not
 */
public record GenerationState(
        Generation generation,
        GenerationPhase phase,
        boolean fed,
        boolean emits,
        Instant created,
        @Nullable Instant switched,
        @Nullable Instant dropped,
        @Nullable String trouble,
        Made made) {

    /** Whether it is being built, or was built and not switched to yet. */
    public boolean isNew() {
        return fed && phase.compareTo(GenerationPhase.ACTIVE) < 0;
    }
}

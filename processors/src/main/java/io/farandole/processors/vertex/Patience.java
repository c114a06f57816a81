package io.farandole.processors.vertex;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** How long jobs are waited for: since the first of them was begun, by whichever process. */
public final class Patience {

    private final Duration most;
    private final InstantSource clock = InstantSource.system();
    private Instant since = clock.instant();
    private @Nullable String trouble;

    public Patience(Duration most) {
        this.most = most;
    }

    /** Somebody has waited from then on. */
    public void since(Instant begun) {
        if (begun.isBefore(since)) {
            since = begun;
        }
    }

    public void met(VertexTrouble failure) {
        trouble = failure.getMessage();
    }

    public boolean isOver() {
        return Duration.between(since, clock.instant()).compareTo(most) > 0;
    }

    /** What kept it from being known how they are; empty if nothing did. */
    public String lastTrouble() {
        return trouble == null ? "" : "; last of all, " + trouble;
    }
}

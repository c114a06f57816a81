package io.farandole.local.inspecting;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.running.RunningInstance;
import io.farandole.orchestrator.models.ReadingModels;
import io.farandole.orchestrator.models.ReleasedModel;
import io.farandole.orchestrator.models.RequestingSwitch;
import io.farandole.orchestrator.models.SwitchedRelease;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/** Asks, from another process, for a release to be promoted or rolled back. */
public final class AskingForSwitch {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final RequestingSwitch requesting;
    private final ReadingModels models;

    public AskingForSwitch(RunningInstance running, Tables tables) {
        requesting = new RequestingSwitch(Publishing.on(running), Clock.systemUTC());
        models = new ReadingModels(tables.client());
    }

    /** What may be asked for. */
    public enum Wish {
        PROMOTION,
        ROLLBACK
    }

    /**
     * Returns the id by which the outcome is known, when the broker has acknowledged the request.
     *
     * @throws Failure if it could not be published, or may not be said like this
     */
    public UUID ask(Wish wish, ReleasedModel release, String by, String reason) {
        try {
            return switch (wish) {
                case PROMOTION -> requesting.promote(release, by, reason);
                case ROLLBACK -> requesting.rollBack(release, by, reason);
            };
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        } catch (CompletionException e) {
            throw new Failure(ExitCode.FAILED, "It could not be published: " + e.getCause(), e);
        }
    }

    /** What became of it; empty if that is not decided in time. */
    public Optional<SwitchedRelease> await(UUID asked, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<SwitchedRelease> outcome = models.outcomeOf(asked);
        while (outcome.isEmpty() && System.nanoTime() - deadline < 0) {
            Thread.sleep(PAUSE);
            outcome = models.outcomeOf(asked);
        }
        return outcome;
    }
}

package io.farandole.processors.vertex;

import com.google.api.gax.longrunning.OperationFuture;
import com.google.api.gax.rpc.StatusCode;
import io.farandole.processors.steps.GivenUp;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for what Vertex AI does over minutes. What became of an operation is told by its effect
 * alone: an answer may be lost with the operation, or the process that waited for it.
 */
final class Operation {

    private Operation() {}

    /** Looks whether the effect is there. */
    @FunctionalInterface
    interface Effect {
        boolean isThere() throws InterruptedException, GivenUp, VertexTrouble;
    }

    /**
     * Returns when it is done.
     *
     * @param doing what is being done, as a sentence's beginning
     * @throws GivenUp if it was refused, took too long, or is not known any more and has no effect
     */
    static void await(String doing, OperationFuture<?, ?> future, Duration deadline, Effect effect)
            throws InterruptedException, GivenUp, VertexTrouble {
        try {
            Object _ = future.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | CancellationException _) {
            // Cancelled by the client, whose own deadline is the same.
            if (!effect.isThere()) {
                throw new GivenUp(doing + " took longer than " + deadline);
            }
        } catch (ExecutionException e) {
            if (effect.isThere()) {
                return;
            }
            if (wasBegun(future) && Calling.says(StatusCode.Code.NOT_FOUND, e)) {
                throw new GivenUp(doing + ": its operation was lost, and it was not done");
            }
            throw Calling.failure(doing, e);
        }
    }

    private static boolean wasBegun(OperationFuture<?, ?> future) {
        return future.getInitialFuture().isDone() && !failed(future);
    }

    private static boolean failed(OperationFuture<?, ?> future) {
        try {
            Object _ = future.getInitialFuture().get();
            return false;
        } catch (ExecutionException _) {
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}

package io.farandole.processors.vertex;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.rpc.BadRequest;
import io.farandole.processors.steps.GivenUp;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Calls Vertex AI, and says in words what it refuses: for good, as it does what is wrong or not
 * there, or for now, as it does what exceeds a quota.
 */
final class Calling {

    private Calling() {}

    /**
     * Waits for an answer.
     *
     * @param doing what is being done, as a sentence's beginning
     */
    static <T> T await(String doing, Future<T> answer, Duration deadline)
            throws InterruptedException, GivenUp, VertexTrouble {
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(doing, e);
        } catch (TimeoutException e) {
            throw new VertexTrouble(doing + " was not answered within " + deadline, e);
        }
    }

    /**
     * A failure in words.
     *
     * @throws GivenUp if asking again would not help
     */
    static VertexTrouble failure(String doing, ExecutionException e) throws GivenUp {
        return e.getCause() instanceof ApiException refusal
                ? told(doing, refusal)
                : new VertexTrouble(doing + " failed: " + e.getCause(), e);
    }

    /** Whether that is what an answer says. */
    static boolean says(StatusCode.Code code, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApiException refusal) {
                return refusal.getStatusCode().getCode() == code;
            }
        }
        return false;
    }

    private static VertexTrouble told(String doing, ApiException refusal) throws GivenUp {
        String what = doing + " failed: " + because(refusal);
        return switch (refusal.getStatusCode().getCode()) {
            case INVALID_ARGUMENT,
                    NOT_FOUND,
                    PERMISSION_DENIED,
                    UNAUTHENTICATED,
                    FAILED_PRECONDITION,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED ->
                    throw new GivenUp(what);
            default -> new VertexTrouble(what, refusal);
        };
    }

    private static String because(ApiException refusal) {
        StatusCode.Code code = refusal.getStatusCode().getCode();
        String words =
                switch (code) {
                    case RESOURCE_EXHAUSTED -> "a quota is exhausted";
                    case DEADLINE_EXCEEDED -> "the deadline was exceeded";
                    case NOT_FOUND -> "not found";
                    case PERMISSION_DENIED -> "not permitted";
                    default -> code.toString();
                };
        return words + " (" + said(refusal) + ")";
    }

    private static String said(ApiException refusal) {
        BadRequest request =
                refusal.getErrorDetails() == null
                        ? null
                        : refusal.getErrorDetails().getBadRequest();
        String message =
                refusal.getCause() == null
                        ? String.valueOf(refusal.getMessage())
                        : String.valueOf(refusal.getCause().getMessage());
        if (request == null || request.getFieldViolationsCount() == 0) {
            return message;
        }
        return message
                + ": "
                + request.getFieldViolationsList().stream()
                        .map(wrong -> wrong.getField() + " " + wrong.getDescription())
                        .collect(Collectors.joining(", "));
    }
}

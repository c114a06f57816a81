package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How a call ends. */
final class Answers {

    private Answers() {}

    static void refused(Status.Code code, ThrowingCallable call) {
        refusedAsOneOf(List.of(code), call);
    }

    /** For where the documentation says that it fails, and not how. */
    static void refusedAsOneOf(List<Status.Code> codes, ThrowingCallable call) {
        Status status = statusOf(call);
        assertThat(status.getCode()).as("the answer %s", status).isIn(codes);
    }

    static Status statusOf(ThrowingCallable call) {
        try {
            call.call();
            return Status.OK;
        } catch (Throwable thrown) {
            return Status.fromThrowable(thrown);
        }
    }
}

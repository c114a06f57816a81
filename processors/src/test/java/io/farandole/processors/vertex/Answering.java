package io.farandole.processors.vertex;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Answers one call, or fails it as was asked for. */
final class Answering {

    private Answering() {}

    static <T> void with(
            StreamObserver<T> answer, Faults faults, String method, Supplier<T> making) {
        if (faults.isSilent(method)) {
            return;
        }
        T made;
        try {
            faults.check(method);
            made = making.get();
        } catch (StatusRuntimeException e) {
            answer.onError(e);
            return;
        } catch (RuntimeException e) {
            answer.onError(
                    Status.INTERNAL
                            .withDescription("stand-in broke: " + e)
                            .withCause(e)
                            .asRuntimeException());
            return;
        }
        if (faults.losesAnswer(method)) {
            answer.onError(
                    Status.UNAVAILABLE.withDescription("connection reset").asRuntimeException());
            return;
        }
        answer.onNext(made);
        answer.onCompleted();
    }

    static StatusRuntimeException notFound(String name) {
        return Status.NOT_FOUND.withDescription(name + " is not found.").asRuntimeException();
    }

    static StatusRuntimeException precondition(String message) {
        return Status.FAILED_PRECONDITION.withDescription(message).asRuntimeException();
    }
}

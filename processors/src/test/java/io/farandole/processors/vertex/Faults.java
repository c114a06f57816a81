package io.farandole.processors.vertex;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** What a stand-in is to do wrong, method by method. */
final class Faults {

    private final Map<String, Queue<Status>> refusals = new ConcurrentHashMap<>();
    private final Map<String, Queue<Fate>> fates = new ConcurrentHashMap<>();
    private final Map<String, Queue<Boolean>> silences = new ConcurrentHashMap<>();
    private final Map<String, Queue<Boolean>> losses = new ConcurrentHashMap<>();

    /** What becomes of an operation that was begun. */
    enum Fate {
        /** It is done, and nobody can be told: its name is not known any more. */
        LOST_BUT_DONE,
        /** Its name is not known any more, and nothing was done. */
        LOST,
        /** It goes on for ever. */
        ENDLESS,
        /** It ends with an error, and nothing was done. */
        FAILED
    }

    void refuse(String method, Status status, int times) {
        for (int i = 0; i < times; i++) {
            queue(refusals, method).add(status);
        }
    }

    /** The next call is never answered. */
    void beSilent(String method) {
        queue(silences, method).add(true);
    }

    /** The next call is done, and its answer is lost. */
    void loseAnswer(String method) {
        queue(losses, method).add(true);
    }

    void befall(String method, Fate fate) {
        queue(fates, method).add(fate);
    }

    void forget() {
        refusals.clear();
        fates.clear();
        silences.clear();
        losses.clear();
    }

    void check(String method) {
        Status refusal = queue(refusals, method).poll();
        if (refusal != null) {
            throw new StatusRuntimeException(refusal);
        }
    }

    boolean isSilent(String method) {
        return queue(silences, method).poll() != null;
    }

    boolean losesAnswer(String method) {
        return queue(losses, method).poll() != null;
    }

    @Nullable Fate fate(String method) {
        return queue(fates, method).poll();
    }

    private static <T> Queue<T> queue(Map<String, Queue<T>> queues, String method) {
        return queues.computeIfAbsent(method, _ -> new ConcurrentLinkedQueue<>());
    }
}

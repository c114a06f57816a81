package io.farandole.pubsub;

import java.util.ArrayList;
import java.util.List;

/**
 * While something is under way to the journal for which it matters what was acknowledged before it,
 * acknowledgements wait: they are applied at once and written later, and the replay would see the
 * two the other way round.
 */
final class AcknowledgementGate {

    private final List<Runnable> deferred = new ArrayList<>();
    private int underWay;

    void shut(Runnable append) {
        underWay++;
        append.run();
    }

    /** What was appended is applied, or has failed. */
    void open() {
        if (--underWay == 0) {
            List<Runnable> calls = List.copyOf(deferred);
            deferred.clear();
            calls.forEach(Runnable::run);
        }
    }

    /** Keeps the call for later, if it has to wait. */
    boolean defers(Runnable call) {
        if (underWay > 0) {
            deferred.add(call);
        }
        return underWay > 0;
    }
}

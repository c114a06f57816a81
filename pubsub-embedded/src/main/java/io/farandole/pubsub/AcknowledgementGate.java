package io.farandole.pubsub;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While something is under way to the journal for which it matters what was acknowledged before it,
 * acknowledgements wait: they are applied at once and written later, and the replay would see the
 * two the other way round.
 */
final class AcknowledgementGate {

    private static final Logger LOG = LoggerFactory.getLogger(AcknowledgementGate.class);

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
            calls.forEach(AcknowledgementGate::run);
        }
    }

    /** What follows from one must not take away the others. */
    private static void run(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("What followed a late acknowledgement failed", e);
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

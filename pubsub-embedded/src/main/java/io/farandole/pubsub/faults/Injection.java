package io.farandole.pubsub.faults;

import io.grpc.Status;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Predicate;

/** The server's side of the faults: it asks here what is to go wrong. */
public final class Injection implements AutoCloseable {

    private final Faults faults;
    private final Faults.Server server;
    private volatile long firstMessage;

    /** A publish is to fail, before it takes effect or afterwards. */
    public record Failure(Status status, boolean afterwards) {}

    public Injection(Faults faults, Faults.Server server) {
        this.faults = faults;
        this.server = server;
        faults.attach(server);
    }

    /** Messages are numbered from this id, so that their numbers are the same in each run. */
    public void countFrom(long messageId) {
        firstMessage = messageId;
    }

    /** Nothing is to go wrong: asked first, everywhere, for it costs next to nothing. */
    public boolean isQuiet() {
        return faults.rules().isEmpty() && faults.frozen().isEmpty();
    }

    /** Whether that happens to the message, on its so-manieth delivery. */
    public boolean strikes(Fault fault, Occasion occasion, long messageId, long delivery) {
        for (Rule rule : faults.rules()) {
            if (rule.isFor(fault, occasion) && rule.strikes(messageId - firstMessage, delivery)) {
                return true;
            }
        }
        return false;
    }

    /** How much later the message is to be handed out; 0 is at once. */
    public long delayMillis(Occasion occasion, long messageId) {
        long number = messageId - firstMessage;
        long delay = 0;
        for (Rule rule : faults.rules()) {
            if (rule.isFor(Fault.DELAY, occasion) && rule.strikes(number, 0)) {
                delay = Math.max(delay, rule.effect().duration().toMillis());
            } else if (rule.isFor(Fault.REORDER, occasion) && rule.strikes(number, 0)) {
                long within = rule.effect().duration().toMillis();
                delay = Math.max(delay, 1 + (long) (rule.draw(number, 1) * within));
            }
        }
        return delay;
    }

    /** With what a stream is to end that was handed something. */
    public Optional<Status> killsStream(Occasion occasion) {
        return strikesNext(Fault.KILL_STREAM, occasion)
                .map(rule -> failure(rule.effect()).status());
    }

    /** How the publish is to fail. */
    public Optional<Failure> failsPublish(Occasion occasion) {
        return strikesNext(Fault.FAIL_PUBLISH, occasion).map(rule -> failure(rule.effect()));
    }

    private Optional<Rule> strikesNext(Fault fault, Occasion occasion) {
        return faults.rules().stream()
                .filter(rule -> rule.isFor(fault, occasion) && rule.strikesNext())
                .findFirst();
    }

    /** Whether a subscription hands nothing out at the moment. */
    public boolean isFrozen(Occasion occasion) {
        for (Frozen frozen : faults.frozen()) {
            if (frozen.place().isOfSubscriptions() && frozen.place().covers(occasion)) {
                return true;
            }
        }
        return false;
    }

    /** Goes on with a publish, when its topic is not frozen any more. */
    public void whenThawed(Occasion publish, Runnable action) {
        goOn(
                faults.frozen().iterator(),
                place -> place.isOfTopics() && !place.isEverywhere() && place.covers(publish),
                action);
    }

    /** Goes on with a call, when the server is not frozen any more. */
    public void whenThawed(Runnable action) {
        goOn(faults.frozen().iterator(), Place::isEverywhere, action);
    }

    private static void goOn(Iterator<Frozen> freezes, Predicate<Place> stalls, Runnable action) {
        while (freezes.hasNext()) {
            Frozen frozen = freezes.next();
            if (stalls.test(frozen.place()) && frozen.hold(() -> goOn(freezes, stalls, action))) {
                return;
            }
        }
        action.run();
    }

    private static Failure failure(Effect effect) {
        Status.Code code = effect.status();
        if (code == null) {
            throw new IllegalStateException("a fault that fails something has a status");
        }
        return new Failure(status(code), effect.afterwards());
    }

    static Status status(Status.Code code) {
        return code.toStatus()
                .withDescription("A fault that was asked for: see EmbeddedPubSub.faults().");
    }

    @Override
    public void close() {
        faults.detach(server);
    }
}

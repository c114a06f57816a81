package io.farandole.pubsub.time;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * The server's two clocks: what it writes down, and what it measures waiting with; and the timer
 * that goes with them.
 */
public interface Times extends AutoCloseable {

    InstantSource calendar();

    /** Never goes back, whatever becomes of the calendar. */
    long millis();

    /** Something that is to be run later. */
    interface Alarm {

        /** It need not be run any more, and is forgotten. */
        void cancel();
    }

    /** Runs the action once that much of the server's time has passed, on a thread of the clock. */
    Alarm after(long millis, Runnable action);

    /**
     * Runs the action once that much real time has passed: for callers who wait by their own clock,
     * whatever the server's says.
     */
    void afterForCallers(long millis, Runnable action);

    /** Whether this clock goes on only when the server is done with what fell due. */
    boolean waitsForTheServer();

    /** How such a clock waits for the server, and for no longer than it says. */
    void settledBy(Consumer<Duration> waiting);

    /** Runs nothing any more. */
    @Override
    void close();

    /** The machine's. */
    static Times ofTheMachine() {
        return new MachineTimes(InstantSource.system());
    }
}

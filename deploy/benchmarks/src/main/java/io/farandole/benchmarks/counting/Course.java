package io.farandole.benchmarks.counting;

import java.io.IOException;
import java.util.Iterator;

/** One topic and one processor that counts what is published on it. */
public interface Course extends AutoCloseable {

    /** Publishes all of them, as fast as may be; returns when all are acknowledged. */
    void publish(Iterator<Fact> facts) throws Exception;

    /** Publishes one event as a live producer does: at once, without waiting for the answer. */
    void send(Fact fact);

    /** Starts the processor in this process. */
    void start() throws Exception;

    /** Starts the processor in a process of its own, which may be killed. */
    Process startElsewhere() throws IOException;

    /** Ends the processor of this process as one ends it properly. */
    void stop();

    /** How many events' effects are committed. */
    long applied() throws Exception;

    /** How many outputs a reader has received that sees only what is committed. */
    long outputs();

    /** Looks at the state as a reader sees it, and tells what it sees, until it is closed. */
    Watch watch(Awaiting awaiting) throws Exception;

    /** Tells every row of the state, as committed, to be compared with what is right. */
    void read(Tally tally) throws Exception;

    /** What is known of it is forgotten. */
    @Override
    void close();

    /** A look that goes on until it is closed. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}

package io.farandole.pubsub.conformance;

import io.grpc.ManagedChannel;
import java.time.Duration;

/** A server under test. */
public interface Subject extends AutoCloseable {

    ManagedChannel channel();

    boolean isOurs();

    /** Lets time pass for the server; one that cannot wait that long leaves the case out. */
    void pass(Duration time);

    /** Ends the server and starts it again on what it kept. */
    void restart();

    /** For how long what has to come may take. */
    Duration patience();

    /** After how long what has not come is taken not to come. */
    Duration settled();

    @Override
    void close();
}

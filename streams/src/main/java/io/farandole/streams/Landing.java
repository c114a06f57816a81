package io.farandole.streams;

import io.farandole.events.Topic;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Keeps whole messages of some topics, each once, elsewhere than in Postgres and by means of its
 * own. It judges no message: what cannot be kept now is trouble of the place, and is tried again.
 */
public interface Landing {

    /** The reader's name in the topic catalogue. */
    String name();

    List<Topic<?>> topics();

    /**
     * Before anything else; may be called again when it is open.
     *
     * @throws IOException if it cannot be opened, such as when another process owns the place
     */
    void open() throws IOException;

    /**
     * Keeps all of them durably, in one transaction, save those that are there already; one thread
     * at a time calls it. What is not committed when it throws is brought again.
     *
     * @param now noted with the batch
     * @throws IOException if nothing was kept
     */
    Landed land(List<Consignment> consignments, Instant now) throws IOException;

    /**
     * What has come and become of it from the beginning, in every hour.
     *
     * @throws IOException if it cannot be read
     */
    List<Account> accounts() throws IOException;

    /**
     * Clears away what is past its retention; called now and then.
     *
     * @throws IOException if it cannot be cleared away now
     */
    void keepHouse(Instant now) throws IOException;

    /** After the last landing. */
    void close();

    /** Deliveries of one topic. */
    record Consignment(Topic<?> topic, List<Delivery> deliveries) {}

    /**
     * What became of one landing.
     *
     * @param fresh how many of each consignment were not there yet, in the order of the
     *     consignments
     * @param accounts of every topic and hour that was touched, from the beginning
     */
    record Landed(List<Integer> fresh, List<Account> accounts) {}

    /**
     * All that has come of one topic, published in one hour; each number is counted for itself.
     *
     * @param hour of each delivery's publication
     * @param duplicate those that were there already
     */
    record Account(String topic, Instant hour, long delivered, long applied, long duplicate) {}
}

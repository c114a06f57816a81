package io.farandole.processors.archive;

import io.farandole.events.Topic;
import io.farandole.streams.ArchivedEvents.Expired;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Every message of the internal topics, once, in the order in which they were kept. What was told
 * of users until they asked to be forgotten is in it, but is given to nobody.
 */
public interface Archive {

    /** Is given one row after the other. */
    @FunctionalInterface
    interface Reader {
        void read(Raw row) throws IOException;
    }

    /**
     * Reads what is there when it begins, in the order of positions, a portion at a time. What
     * lands meanwhile is not read.
     *
     * @return the position of the last row that was there: to go on reading from
     * @throws IOException if the archive cannot be read, or is not open in this process
     */
    long read(Selection selection, Reader reader) throws IOException;

    /**
     * The next rows in the order of positions, fewer than asked for only where there are no more
     * now. Those that are withheld are among them and say so: whoever replays accounts for each.
     *
     * @throws IOException as {@link #read}
     */
    List<Kept> next(Selection selection, int most) throws IOException;

    /**
     * What landed and is past its retention, by topic and hour of publication.
     *
     * @throws IOException as {@link #read}
     */
    List<Expired> expired(Set<String> topics) throws IOException;

    /**
     * A checksum for each topic and day of publication, of all that is kept, what is given to
     * nobody included; in the order of topics and days.
     *
     * @throws IOException as {@link #read}
     */
    List<Checksum> checksums(List<Topic<?>> topics) throws IOException;

    /**
     * How much there is.
     *
     * @throws IOException as {@link #read}
     */
    Extent extent() throws IOException;
}

package io.farandole.streams;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every internal event, once, in the order in which they were archived: what replays read. For use
 * by many threads.
 */
public interface ArchivedEvents {

    /**
     * The next ones in the order of their positions; none if there are no more now.
     *
     * @param most how many at once
     * @throws IOException if the archive cannot be read now
     */
    List<ArchivedEvent> read(Wanted wanted, int most) throws IOException;

    /**
     * Who asked to be forgotten, as known now.
     *
     * @throws IOException if the archive cannot be read now
     */
    Tombstones tombstones() throws IOException;

    /**
     * Which events are read.
     *
     * @param topics by name
     * @param after only what has a greater position
     * @param key only what has this ordering key; null for all
     */
    record Wanted(Set<String> topics, long after, @Nullable String key) {
        public Wanted {
            topics = Set.copyOf(topics);
        }
    }

    /** Asked before an event is decoded. */
    @FunctionalInterface
    interface Tombstones {

        /** Whether it was told of someone who asked to be forgotten since: it is not replayed. */
        boolean withhold(ArchivedEvent event);
    }
}

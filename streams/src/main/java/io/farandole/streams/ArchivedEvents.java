package io.farandole.streams;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every internal event, once, in the order in which they were archived: what replays read. For use
 * by many threads.
 */
public interface ArchivedEvents {

    /**
     * The next ones in the order of their positions, withheld ones among them; none if there are no
     * more now.
     *
     * @param most how many at once
     * @throws IOException if the archive cannot be read now
     */
    List<ArchivedEvent> read(Wanted wanted, int most) throws IOException;

    /**
     * What once was in the archive and is past its retention, hour by hour: nobody can be given it
     * any more.
     *
     * @param topics by name
     * @throws IOException if the archive cannot be read now
     */
    List<Expired> expired(Set<String> topics) throws IOException;

    /**
     * Events that the archive keeps no longer.
     *
     * @param hour in which they were published
     */
    record Expired(String topic, Instant hour, long events) {}

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
}

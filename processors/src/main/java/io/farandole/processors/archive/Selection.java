package io.farandole.processors.archive;

import io.farandole.events.Topic;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are read.
 *
 * @param topics by name
 * @param after only what has a greater position
 * @param publishedFrom only what was published then or later; null for all
 * @param keys only what has one of these ordering keys; empty for all
 */
public record Selection(
        Set<String> topics, long after, @Nullable Instant publishedFrom, Set<String> keys) {

    public Selection {
        topics = Set.copyOf(topics);
        keys = Set.copyOf(keys);
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("no topic is selected");
        }
    }

    /** All of these topics. */
    public static Selection of(Topic<?>... topics) {
        return new Selection(
                Stream.of(topics).map(Topic::name).collect(Collectors.toSet()), 0, null, Set.of());
    }

    public Selection after(long position) {
        return new Selection(topics, position, publishedFrom, keys);
    }

    public Selection publishedFrom(Instant instant) {
        return new Selection(topics, after, instant, keys);
    }

    public Selection ofKeys(String... some) {
        return new Selection(topics, after, publishedFrom, Set.of(some));
    }

    /** Whether the row is selected. */
    public boolean has(Raw row) {
        return row.position() > after
                && topics.contains(row.topic())
                && (publishedFrom == null || !row.publishTime().isBefore(publishedFrom))
                && (keys.isEmpty() || keys.contains(row.key()));
    }
}

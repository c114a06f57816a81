package io.farandole.orchestrator.verifying;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * When, in event time, and by which source event something was told. Of two tellings of one fact
 * the greater has the last word: later, or else greater by source and id.
 */
record Telling(Instant time, String source, String id) implements Comparable<Telling> {

    private static final Comparator<Telling> LAST_WORD =
            Comparator.comparing(Telling::time)
                    .thenComparing(Telling::source)
                    .thenComparing(Telling::id);

    @Override
    public int compareTo(Telling other) {
        return LAST_WORD.compare(this, other);
    }

    /** As rows have it. */
    ArrayNode says() {
        return JsonNodeFactory.instance.arrayNode().add(time.toString()).add(source).add(id);
    }

    static @Nullable ArrayNode sayOf(@Nullable Telling telling) {
        return telling == null ? null : telling.says();
    }

    /** The last of these events' tellings; null if there is none. */
    static @Nullable Telling last(Iterable<JournaledEvent> events) {
        Telling last = null;
        for (JournaledEvent event : events) {
            if (last == null || event.told().compareTo(last) > 0) {
                last = event.told();
            }
        }
        return last;
    }
}

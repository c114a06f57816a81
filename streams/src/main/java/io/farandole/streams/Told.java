package io.farandole.streams;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.farandole.events.EventAttributes;
import io.farandole.events.Message;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When, in event time, something was told, and by which source event: of two tellings of one fact
 * the greater one counts, whichever is heard first. Everybody who keeps the last value of something
 * orders by it, so that they agree, and their folds commute.
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Told(Instant at, String source, String id) implements Comparable<Told> {

    public static Told by(Message<?> message) {
        return new Told(
                message.envelope().time(),
                message.envelope().causedBy().source(),
                message.envelope().causedBy().id());
    }

    /** The same of what is not decoded; null if it has no event time that can be read. */
    public static @Nullable Told in(Map<String, String> attributes) {
        String time = attributes.get(EventAttributes.TIME);
        try {
            return time == null
                    ? null
                    : new Told(
                            Instant.parse(time),
                            first(
                                    attributes,
                                    EventAttributes.CAUSED_BY_SOURCE,
                                    EventAttributes.SOURCE),
                            first(attributes, EventAttributes.CAUSED_BY_ID, EventAttributes.ID));
        } catch (DateTimeException _) {
            return null;
        }
    }

    public boolean isAfter(@Nullable Told other) {
        return other == null || compareTo(other) > 0;
    }

    /** The greater of the two. */
    public Told or(@Nullable Told other) {
        return other != null && other.isAfter(this) ? other : this;
    }

    @Override
    public int compareTo(Told other) {
        int order = at.compareTo(other.at);
        if (order == 0) {
            order = source.compareTo(other.source);
        }
        return order == 0 ? id.compareTo(other.id) : order;
    }

    private static String first(Map<String, String> attributes, String name, String other) {
        return attributes.getOrDefault(name, attributes.getOrDefault(other, ""));
    }
}

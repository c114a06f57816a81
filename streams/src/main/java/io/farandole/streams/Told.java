package io.farandole.streams;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.farandole.events.Message;
import java.time.Instant;
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
}

package io.farandole.gateway.offers;

import io.farandole.events.Message;
import java.time.Instant;
import java.util.Comparator;
import tools.jackson.databind.JsonNode;

/**
 * When, in event time, something was told, and by which source event: of two tellings of one fact
 * the greater counts, whichever is heard first. The catalogue goes by the same order.
 */
record Told(Instant at, String source, String id) implements Comparable<Told> {

    /** Before anything was told. */
    static final Told NEVER = new Told(Instant.MIN, "", "");

    private static final Comparator<Told> ORDER =
            Comparator.comparing(Told::at).thenComparing(Told::source).thenComparing(Told::id);

    static Told by(Message<?> message) {
        var envelope = message.envelope();
        return new Told(envelope.time(), envelope.causedBy().source(), envelope.causedBy().id());
    }

    /** As the catalogue keeps it; {@link #NEVER} where it keeps none. */
    static Told kept(JsonNode array) {
        return array.isArray()
                ? new Told(
                        Instant.parse(array.path(0).asString()),
                        array.path(1).asString(),
                        array.path(2).asString())
                : NEVER;
    }

    boolean isAfter(Told other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Told other) {
        return ORDER.compare(this, other);
    }
}

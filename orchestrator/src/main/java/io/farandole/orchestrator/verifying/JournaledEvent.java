package io.farandole.orchestrator.verifying;

import java.time.Instant;
import java.util.Comparator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * An event as it stands in the journal or the archive, read without the codec that the processors
 * use.
 *
 * @param source the {@code ce-source} of the source event that it goes back to
 * @param id that event's {@code ce-id}
 * @param published when this event was
 */
record JournaledEvent(
        String topic,
        String kind,
        JsonNode body,
        Instant time,
        String source,
        String id,
        Instant published) {

    /**
     * Of two events on one fact the greater has the last word: later, or else greater by source and
     * id.
     */
    static final Comparator<JournaledEvent> LAST_WORD =
            Comparator.comparing(JournaledEvent::time)
                    .thenComparing(JournaledEvent::source)
                    .thenComparing(JournaledEvent::id);

    String text(String field) {
        return body.path(field).asString("");
    }

    /** All but what it says: to be remembered for little. */
    JournaledEvent bare() {
        return new JournaledEvent(
                topic, kind, MissingNode.getInstance(), time, source, id, published);
    }

    boolean hasTheLastWordOver(JournaledEvent other) {
        return LAST_WORD.compare(this, other) > 0;
    }
}

package io.farandole.orchestrator.verifying;

import java.time.Instant;
import java.util.Comparator;
import tools.jackson.databind.JsonNode;

/**
 * An event as it stands in the journal, read without the codec that the processors use.
 *
 * @param source the {@code ce-source} of the source event that it goes back to
 * @param id that event's {@code ce-id}
 */
record JournaledEvent(
        String topic, String kind, JsonNode body, Instant time, String source, String id) {

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

    boolean hasTheLastWordOver(JournaledEvent other) {
        return LAST_WORD.compare(this, other) > 0;
    }
}

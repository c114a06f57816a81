package io.farandole.streams.topology;

import io.farandole.events.EventAttributes;
import io.farandole.events.Topic;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A message's attributes, as JSON Schema: CloudEvents 1.0, all of them texts. */
final class EnvelopeSchema {

    private static final List<String> NEEDED =
            List.of(
                    EventAttributes.SPEC_VERSION,
                    EventAttributes.ID,
                    EventAttributes.SOURCE,
                    EventAttributes.TYPE,
                    EventAttributes.TIME);
    private static final List<String> TEXTS =
            List.of(
                    EventAttributes.ID,
                    EventAttributes.SOURCE,
                    EventAttributes.TYPE,
                    EventAttributes.SUBJECT,
                    EventAttributes.CORRELATION_ID,
                    EventAttributes.CAUSATION_ID);
    private static final List<String> OF_INTERNAL_EVENTS =
            List.of(EventAttributes.CAUSED_BY_SOURCE, EventAttributes.CAUSED_BY_ID);

    private EnvelopeSchema() {}

    static ObjectNode of(Topic.Ring ring) {
        ObjectNode attributes = PayloadSchema.object();
        ArrayNode required = attributes.putArray("required");
        NEEDED.forEach(required::add);
        ObjectNode members = attributes.putObject("properties");
        members.set(EventAttributes.SPEC_VERSION, PayloadSchema.text().put("const", "1.0"));
        TEXTS.forEach(name -> members.set(name, PayloadSchema.text()));
        members.set(EventAttributes.TIME, PayloadSchema.text().put("format", "date-time"));
        if (ring == Topic.Ring.INTERNAL) {
            members.set(
                    EventAttributes.RECORDED_TIME, PayloadSchema.text().put("format", "date-time"));
            OF_INTERNAL_EVENTS.forEach(name -> members.set(name, PayloadSchema.text()));
            members.set(
                    EventAttributes.SEQUENCE, PayloadSchema.text().put("pattern", "^[0-9]{1,20}$"));
        }
        members.set(EventAttributes.TRACE_PARENT, PayloadSchema.text());
        members.set(EventAttributes.CONTENT_TYPE, PayloadSchema.text());
        return attributes;
    }
}

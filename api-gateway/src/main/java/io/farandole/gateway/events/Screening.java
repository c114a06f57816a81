package io.farandole.gateway.events;

import io.farandole.events.Decoded;
import io.farandole.events.Envelope;
import io.farandole.events.Event;
import io.farandole.events.EventAttributes;
import io.farandole.events.EventCodec;
import io.farandole.events.Topic;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decides about one event: what the codec would refuse at the other end is refused here, where its
 * sender can be told.
 */
final class Screening {

    private static final String CODEC_ATTRIBUTE = "attribute ";
    private static final JsonMapper JSON = new JsonMapper();

    private final EventCodec codec = new EventCodec();
    private final Clock clock;
    private final Duration mostAhead;

    Screening(Clock clock, Duration mostAhead) {
        this.clock = clock;
        this.mostAhead = mostAhead;
    }

    Verdict screen(Incoming incoming) {
        return switch (incoming) {
            case Refused refused -> refused;
            case Claim claim -> screen(claim);
        };
    }

    private Verdict screen(Claim claim) {
        String type = claim.attributes().get("type");
        if (type == null) {
            return claim.refused(claim.place().attribute("type"), "is missing");
        }
        OpenTopics.Said<?> said = OpenTopics.byType(type);
        if (said == null) {
            return claim.refused(claim.place().attribute("type"), OpenTopics.refusalOf(type));
        }
        if (claim.data().isMissingNode()) {
            return claim.refused(claim.place().data(), "is missing");
        }
        return screen(claim, said);
    }

    private <E extends Event> Verdict screen(Claim claim, OpenTopics.Said<E> said) {
        Topic<E> topic = said.topic();
        String kind = said.kind().name();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return switch (codec.decode(topic, attributes(claim, now), body(kind, claim), now)) {
            case Decoded.Refused<E>(String reason, String place) ->
                    claim.refused(placed(claim.place(), kind, place), reason);
            case Decoded.Understood<E>(var message, int unknownFields) -> {
                Envelope envelope = message.envelope();
                if (envelope.time().isAfter(now.plus(mostAhead))) {
                    yield claim.refused(
                            claim.place().attribute("time"),
                            "is " + envelope.time() + ", in the future; it is now " + now);
                }
                yield new Verdict.Accepted(
                        claim.index(),
                        envelope.id(),
                        envelope.source(),
                        topic,
                        codec.encode(message, topic),
                        unknownFields);
            }
        };
    }

    /** As a message's attributes; an event without a time happened now. */
    private static Map<String, String> attributes(Claim claim, Instant now) {
        Map<String, String> attributes = new HashMap<>();
        claim.attributes().forEach((name, value) -> attributes.put(messageAttribute(name), value));
        attributes.putIfAbsent(EventAttributes.TIME, now.toString());
        return attributes;
    }

    private static String messageAttribute(String name) {
        return switch (name) {
            case "datacontenttype" -> EventAttributes.CONTENT_TYPE;
            case "traceparent" -> EventAttributes.TRACE_PARENT;
            default -> "ce-" + name;
        };
    }

    /** As a message's body: the data under the name of its kind. */
    private static byte[] body(String kind, Claim claim) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(256);
        body.writeBytes(("{\"" + kind + "\":").getBytes(StandardCharsets.UTF_8));
        body.writeBytes(JSON.writeValueAsBytes(claim.data()));
        body.write('}');
        return body.toByteArray();
    }

    /** The codec speaks of messages; the sender wants to know where it is in the request. */
    private static String placed(Place place, String kind, String codecPlace) {
        if (codecPlace.startsWith(CODEC_ATTRIBUTE)) {
            String attribute = codecPlace.substring(CODEC_ATTRIBUTE.length());
            return place.attribute(
                    switch (attribute) {
                        case EventAttributes.CONTENT_TYPE -> "datacontenttype";
                        case EventAttributes.TRACE_PARENT -> "traceparent";
                        default -> attribute.substring("ce-".length());
                    });
        }
        String path = "$." + kind;
        return codecPlace.startsWith(path)
                ? place.data() + codecPlace.substring(path.length())
                : place.data();
    }
}

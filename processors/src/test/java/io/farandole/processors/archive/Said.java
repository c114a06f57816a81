package io.farandole.processors.archive;

import io.farandole.events.EventId;
import io.farandole.events.Identity;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.streams.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Messages as internal topics carry them. */
public final class Said {

    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Said() {}

    /** A rating, told at that time, ingested and published later. */
    public static Delivery rated(String user, String item, double stars, Instant at, int number) {
        return activity(
                "rated",
                user,
                at,
                number,
                "{\"rated\":{\"user\":\"%s\",\"item\":\"%s\",\"offer\":\"%s\",\"value\":%s}}"
                        .formatted(user, item, item, stars));
    }

    /** That an offer of an item is there, told at that time. */
    public static Delivery listed(
            String item, String offer, String title, String category, Instant at, int number) {
        return said(
                TopicCatalogue.CATALOGUE,
                "offerListed",
                "item:" + item,
                at,
                number,
                "{\"offerListed\":{\"item\":\"%s\",\"offer\":\"%s\",\"title\":\"%s\",\"categories\":[\"%s\"],\"priceCents\":0,\"digital\":false}}"
                        .formatted(item, offer, title, category));
    }

    /** That it is there no more. */
    public static Delivery withdrawn(String item, String offer, Instant at, int number) {
        return said(
                TopicCatalogue.CATALOGUE,
                "offerWithdrawn",
                "item:" + item,
                at,
                number,
                "{\"offerWithdrawn\":{\"item\":\"%s\",\"offer\":\"%s\"}}".formatted(item, offer));
    }

    /** Asked to be forgotten. */
    public static Delivery erased(String user, Instant at, int number) {
        return activity("erased", user, at, number, "{\"erased\":{\"user\":\"" + user + "\"}}");
    }

    /** The same message, brought once more or published anew. */
    public static Delivery again(Delivery delivery, Instant publishTime) {
        return new Delivery(
                delivery.messageId() + "-again",
                delivery.orderingKey(),
                delivery.attributes(),
                delivery.data(),
                publishTime);
    }

    /** Anything at all. */
    public static Delivery message(
            String key, Map<String, String> attributes, byte[] data, Instant publishTime) {
        return new Delivery("m", key, attributes, data, publishTime);
    }

    /** The id that ingestion would have given. */
    public static UUID id(Topic<?> topic, Instant made, int number) {
        return EventId.ingested(made, topic, Identity.of("test", "source-" + number), 0);
    }

    private static Delivery activity(
            String kind, String user, Instant at, int number, String body) {
        return said(TopicCatalogue.ACTIVITY, kind, "user:" + user, at, number, body);
    }

    private static Delivery said(
            Topic<?> topic, String kind, String subject, Instant at, int number, String body) {
        Instant published = NOON.plusSeconds(number);
        Map<String, String> attributes = new HashMap<>();
        attributes.put("ce-specversion", "1.0");
        attributes.put("ce-id", id(topic, published, number).toString());
        attributes.put("ce-source", "//farandole/ingestion");
        attributes.put("ce-type", "io.farandole." + topic.name() + "." + kind + ".v1");
        attributes.put("ce-subject", subject);
        attributes.put("ce-time", at.toString());
        attributes.put("ce-recordedtime", published.toString());
        attributes.put("ce-causedbysource", "test");
        attributes.put("ce-causedbyid", "source-" + number);
        attributes.put("ce-sequence", "%020d".formatted(number));
        attributes.put("googclient_schemaencoding", "JSON");
        return message(
                subject,
                attributes,
                body.getBytes(StandardCharsets.UTF_8),
                published.plusMillis(7));
    }
}

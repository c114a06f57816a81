package io.farandole.pubsub.push;

import com.google.gson.JsonObject;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message on its way to an endpoint, wrapped in JSON with what is known of it, or as it is.
 *
 * @param deliveryAttempt 0 on a subscription without dead-letter policy
 */
public record PushedMessage(String subscription, PubsubMessage message, int deliveryAttempt) {

    private static final Logger LOG = LoggerFactory.getLogger(PushedMessage.class);
    private static final String METADATA = "x-goog-pubsub-";

    HttpRequest request(PushConfig config) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(config.getPushEndpoint()))
                        .setHeader("User-Agent", "CloudPubSub-Google");
        if (!config.hasNoWrapper()) {
            return request.setHeader("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(wrapped().toString()))
                    .build();
        }
        if (config.getNoWrapper().getWriteMetadata()) {
            writeMetadata(request);
        }
        return request.POST(BodyPublishers.ofByteArray(message.getData().toByteArray())).build();
    }

    private void writeMetadata(HttpRequest.Builder request) {
        for (Map.Entry<String, String> attribute : message.getAttributesMap().entrySet()) {
            try {
                request.setHeader(attribute.getKey(), attribute.getValue());
            } catch (IllegalArgumentException e) {
                LOG.debug("{} pushes an attribute that cannot be a header", subscription, e);
            }
        }
        request.setHeader(METADATA + "subscription-name", subscription);
        request.setHeader(METADATA + "message-id", message.getMessageId());
        request.setHeader(METADATA + "publish-time", publishTime());
        if (!message.getOrderingKey().isEmpty()) {
            try {
                request.setHeader(METADATA + "ordering-key", message.getOrderingKey());
            } catch (IllegalArgumentException e) {
                LOG.debug("{} pushes an ordering key that cannot be a header", subscription, e);
            }
        }
    }

    /** Ids and times under both their names, as documented. */
    JsonObject wrapped() {
        JsonObject inner = new JsonObject();
        if (message.getAttributesCount() > 0) {
            JsonObject attributes = new JsonObject();
            message.getAttributesMap().forEach(attributes::addProperty);
            inner.add("attributes", attributes);
        }
        if (!message.getData().isEmpty()) {
            inner.addProperty(
                    "data", Base64.getEncoder().encodeToString(message.getData().toByteArray()));
        }
        inner.addProperty("messageId", message.getMessageId());
        inner.addProperty("message_id", message.getMessageId());
        if (!message.getOrderingKey().isEmpty()) {
            inner.addProperty("orderingKey", message.getOrderingKey());
        }
        inner.addProperty("publishTime", publishTime());
        inner.addProperty("publish_time", publishTime());
        JsonObject body = new JsonObject();
        if (deliveryAttempt > 0) {
            body.addProperty("deliveryAttempt", deliveryAttempt);
        }
        body.add("message", inner);
        body.addProperty("subscription", subscription);
        return body;
    }

    private String publishTime() {
        Timestamp time = message.getPublishTime();
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString();
    }
}

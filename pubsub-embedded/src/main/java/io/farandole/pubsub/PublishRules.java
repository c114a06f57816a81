package io.farandole.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PubsubMessage;
import io.grpc.Status;
import java.util.Map;
import java.util.Optional;

/** The documented limits of a publish request; it is taken whole, or refused whole. */
final class PublishRules {

    static final int MAX_MESSAGES = 1_000;
    static final int MAX_REQUEST_BYTES = 10_000_000;
    static final int MAX_ATTRIBUTES = 100;
    static final int MAX_ATTRIBUTE_KEY_BYTES = 256;
    static final int MAX_ATTRIBUTE_VALUE_BYTES = 1_024;
    static final int MAX_ORDERING_KEY_BYTES = 1_024;

    private PublishRules() {}

    static Optional<Status> refuse(PublishRequest request) {
        int count = request.getMessagesCount();
        if (count == 0) {
            return invalid("The request holds no message.");
        }
        if (count > MAX_MESSAGES) {
            return invalid(
                    "The request holds %d messages, and at most %d are allowed."
                            .formatted(count, MAX_MESSAGES));
        }
        if (request.getSerializedSize() > MAX_REQUEST_BYTES) {
            return invalid(
                    "The request has %d bytes, and at most %d are allowed."
                            .formatted(request.getSerializedSize(), MAX_REQUEST_BYTES));
        }
        String key = request.getMessages(0).getOrderingKey();
        for (int i = 0; i < count; i++) {
            PubsubMessage message = request.getMessages(i);
            Optional<String> wrong = wrong(message);
            if (wrong.isEmpty() && !message.getOrderingKey().equals(key)) {
                wrong =
                        Optional.of(
                                "has another ordering key than the first; a request holds messages of one");
            }
            if (wrong.isPresent()) {
                return invalid("Message %d of the request %s.".formatted(i, wrong.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> wrong(PubsubMessage message) {
        if (message.getData().isEmpty() && message.getAttributesCount() == 0) {
            return Optional.of("is empty: it needs data, or an attribute");
        }
        if (longer(message.getOrderingKey(), MAX_ORDERING_KEY_BYTES)) {
            return Optional.of(
                    "has an ordering key of more than " + MAX_ORDERING_KEY_BYTES + " bytes");
        }
        if (message.getAttributesCount() > MAX_ATTRIBUTES) {
            return Optional.of("has more than " + MAX_ATTRIBUTES + " attributes");
        }
        for (Map.Entry<String, String> attribute : message.getAttributesMap().entrySet()) {
            String key = attribute.getKey();
            if (key.isEmpty() || longer(key, MAX_ATTRIBUTE_KEY_BYTES)) {
                return Optional.of(
                        "has an attribute whose key is empty, or of more than "
                                + MAX_ATTRIBUTE_KEY_BYTES
                                + " bytes");
            }
            if (key.startsWith("goog")) {
                return Optional.of("has the attribute \"" + key + "\"; \"goog\" is reserved");
            }
            if (longer(attribute.getValue(), MAX_ATTRIBUTE_VALUE_BYTES)) {
                return Optional.of(
                        "has the attribute \""
                                + key
                                + "\" with more than "
                                + MAX_ATTRIBUTE_VALUE_BYTES
                                + " bytes");
            }
        }
        return Optional.empty();
    }

    /**
     * Counts bytes only where characters leave a doubt: this is asked of every attribute of every
     * message.
     */
    private static boolean longer(String text, int bytes) {
        return text.length() > bytes
                || (text.length() * 3 > bytes && text.getBytes(UTF_8).length > bytes);
    }

    private static Optional<Status> invalid(String sentence) {
        return Optional.of(Status.INVALID_ARGUMENT.withDescription(sentence));
    }
}

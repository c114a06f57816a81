package io.farandole.streams.tracing;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * Meters and their tags by the names of OpenTelemetry's semantic conventions for messaging. All
 * meters of one name have the same tags, empty where there is nothing to say: some stores of
 * numbers take no others.
 */
public final class MessagingNames {

    public static final String CONSUMED = "messaging.client.consumed.messages";
    public static final String SENT = "messaging.client.sent.messages";
    public static final String PROCESSING = "messaging.process.duration";
    public static final String OPERATION = "messaging.client.operation.duration";

    public static final String NO_ERROR = "";

    /** Of whoever sends. */
    public static final String NO_SUBSCRIPTION = "";

    static final String SYSTEM = "messaging.system";
    static final String SYSTEM_NAME = "gcp_pubsub";
    static final String OPERATION_NAME = "messaging.operation.name";
    static final String OPERATION_TYPE = "messaging.operation.type";
    static final String DESTINATION = "messaging.destination.name";
    static final String SUBSCRIPTION = "messaging.destination.subscription.name";
    static final String ERROR = "error.type";

    private MessagingNames() {}

    /**
     * @param name as Pub/Sub calls the operation
     * @param type which of create, send, receive, process and settle it is
     */
    public static Tags tags(String name, String type, String topic, String subscription) {
        return Tags.of(
                SYSTEM,
                SYSTEM_NAME,
                OPERATION_NAME,
                name,
                OPERATION_TYPE,
                type,
                DESTINATION,
                topic,
                SUBSCRIPTION,
                subscription);
    }

    /**
     * How long an operation of the client took.
     *
     * @param error as the conventions name one
     */
    public static Timer.Builder operation(Tags tags, String error) {
        return Timer.builder(OPERATION)
                .description(
                        "Sending: from giving messages to the client to the broker's answer."
                                + " Receiving: from the first message's arrival to taking the"
                                + " batch. Settling: from the commit until the client has all"
                                + " acknowledgements")
                .tags(tags.and(ERROR, error));
    }
}

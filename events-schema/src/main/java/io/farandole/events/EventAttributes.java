package io.farandole.events;

/**
 * The names of a message's attributes: CloudEvents 1.0 with its registered extensions, and the
 * source event's id.
 */
public final class EventAttributes {

    public static final String SPEC_VERSION = "ce-specversion";
    public static final String ID = "ce-id";
    public static final String SOURCE = "ce-source";
    public static final String TYPE = "ce-type";
    public static final String SUBJECT = "ce-subject";
    public static final String TIME = "ce-time";
    public static final String CORRELATION_ID = "ce-correlationid";
    public static final String CAUSATION_ID = "ce-causationid";
    public static final String RECORDED_TIME = "ce-recordedtime";
    public static final String SEQUENCE = "ce-sequence";
    public static final String CAUSED_BY_SOURCE = "ce-causedbysource";
    public static final String CAUSED_BY_ID = "ce-causedbyid";
    public static final String TRACE_PARENT = "traceparent";
    public static final String CONTENT_TYPE = "content-type";

    /** Pub/Sub's limit for the value of one attribute. */
    public static final int MOST_BYTES = 1_024;

    private EventAttributes() {}
}

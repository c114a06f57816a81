package io.farandole.streams;

/**
 * With what a source's messages are joined, for descriptions.
 *
 * @param with the store of the same processor that they meet
 */
public record Joining(Kind kind, String with) {

    /** As Kafka Streams tells joins apart. */
    public enum Kind {
        STREAM_TABLE,
        LEFT_STREAM_TABLE,
        TABLE_TABLE,
        STREAM_STREAM,
        LEFT_STREAM_STREAM
    }
}

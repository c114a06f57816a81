package io.farandole.pubsub;

/** One who is handed messages, with the limits that it asked for: a stream, or a single pull. */
final class Receiver {

    private final long maxMessages;
    private final long maxBytes;
    private long messages;
    private long bytes;

    /** Keys of which this receiver has messages, and of which more wait. */
    final Line ownKeys = new Line();

    /** Limits of zero or less are none. */
    Receiver(long maxMessages, long maxBytes) {
        this.maxMessages = maxMessages <= 0 ? Long.MAX_VALUE : maxMessages;
        this.maxBytes = maxBytes <= 0 ? Long.MAX_VALUE : maxBytes;
    }

    /**
     * Whether the message may be handed out; one that alone is over the limit of bytes goes alone.
     */
    boolean hasRoomFor(StoredMessage message) {
        return messages == 0 || (messages < maxMessages && bytes + message.size() <= maxBytes);
    }

    boolean hasRoom() {
        return messages == 0 || (messages < maxMessages && bytes < maxBytes);
    }

    void took(StoredMessage message) {
        messages++;
        bytes += message.size();
    }

    void gaveBack(StoredMessage message) {
        messages--;
        bytes -= message.size();
    }

    long outstanding() {
        return messages;
    }
}

package io.farandole.pubsub.journal;

import java.util.List;
import java.util.Map;

/**
 * What happened, in the order in which it happened: replayed from the start, it gives the state of
 * the server.
 */
public sealed interface JournalRecord {

    /** What has a name and a definition; each with its code in the files. */
    enum Kind {
        /** Defined by a serialised google.pubsub.v1.Topic. */
        TOPIC(1),
        /** Defined by a serialised google.pubsub.v1.Subscription. */
        SUBSCRIPTION(2),
        /** Defined by all that is known of a schema: its revisions. */
        SCHEMA(3),
        /** Defined by what a snapshot holds. */
        SNAPSHOT(4);

        final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }
    }

    /** Something was created or changed. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record Defined(Kind kind, String name, byte[] definition) implements JournalRecord {}

    /**
     * Something was deleted. A topic's subscriptions stay, with what they still hold; a
     * subscription goes with all that it held.
     */
    record Removed(Kind kind, String name) implements JournalRecord {}

    /**
     * One publish request: its messages have consecutive ids from {@code firstId}, share the
     * ordering key, and are each a serialised google.pubsub.v1.PubsubMessage with id and publish
     * time in it.
     */
    record Published(
            String topic,
            long firstId,
            String orderingKey,
            long publishedAtMillis,
            List<byte[]> messages)
            implements JournalRecord {

        /**
         * Where the bytes of each message stand, when the record stands at {@code location}, which
         * may be {@link Payload#NOWHERE}.
         */
        public long[] locations(long location) {
            long[] locations = new long[messages.size()];
            if (location != Payload.NOWHERE) {
                long at = location + RecordFormat.toFirstMessage(this);
                for (int i = 0; i < locations.length; i++) {
                    locations[i] = at;
                    at += RecordFormat.toNextMessage(messages.get(i));
                }
            }
            return locations;
        }
    }

    /** Messages that a subscription never has to hand out again. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record Acknowledged(String subscription, long[] messageIds) implements JournalRecord {}

    /**
     * A subscription was set back or forth at that time of the server's calendar, by which the
     * retention of messages is measured.
     */
    record Seeked(String subscription, Target target, long atMillis) implements JournalRecord {}

    /** Where a seek goes to. */
    sealed interface Target {

        /** What was published before is acknowledged, all else is not. */
        record ToTime(long millis) implements Target {}

        /** What the snapshot of that name holds is unacknowledged, all else is. */
        record ToSnapshot(String name) implements Target {}
    }

    /**
     * Begins every file of the journal, after all definitions as of then: what cannot be told from
     * later records once earlier files are gone.
     *
     * @param nextMessageId above every id that was given before
     * @param published how many messages each topic has seen
     */
    record Begun(long nextMessageId, Map<String, Long> published) implements JournalRecord {}
}

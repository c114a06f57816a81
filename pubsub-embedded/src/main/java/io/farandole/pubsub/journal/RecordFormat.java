package io.farandole.pubsub.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.farandole.pubsub.journal.JournalRecord.Acknowledged;
import io.farandole.pubsub.journal.JournalRecord.Begun;
import io.farandole.pubsub.journal.JournalRecord.Defined;
import io.farandole.pubsub.journal.JournalRecord.Kind;
import io.farandole.pubsub.journal.JournalRecord.Published;
import io.farandole.pubsub.journal.JournalRecord.Removed;
import io.farandole.pubsub.journal.JournalRecord.Seeked;
import io.farandole.pubsub.journal.JournalRecord.Target;
import io.farandole.pubsub.journal.JournalRecord.Target.ToSnapshot;
import io.farandole.pubsub.journal.JournalRecord.Target.ToTime;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The bytes of a record: length of the body, CRC32C of length and body, body; the body starts with
 * the record's type.
 *
 * <p>Before each group commit stands a mark that tells its own place in the file. A mark is written
 * only after all that stands before it was forced to disk: so a damaged record with a mark behind
 * it is damage, and one without is a write that a crash cut short.
 */
final class RecordFormat {

    static final int HEADER = Integer.BYTES + Integer.BYTES;
    static final int MAX_BODY = 64 << 20;
    static final int MARK_BODY = 1 + Long.BYTES + Long.BYTES;
    static final int MARK_SIZE = HEADER + MARK_BODY;

    /** Unlikely in payloads, so that looking for a mark in megabytes of rubble is quick. */
    static final long MARK_MAGIC = 0xFA9A_4D01_E5EA_1ED5L;

    private static final byte DEFINED = 1;
    private static final byte REMOVED = 2;
    private static final byte PUBLISHED = 3;
    private static final byte ACKNOWLEDGED = 4;
    private static final byte MARK = 5;
    private static final byte SEEKED = 6;
    private static final byte BEGUN = 7;

    private RecordFormat() {}

    /**
     * @throws JournalException when the record is so long that it would not be read back
     */
    static byte[] encode(JournalRecord journalRecord) {
        return switch (journalRecord) {
            case Defined(var kind, var name, var definition) -> defined(kind, name, definition);
            case Removed(var kind, var name) -> removed(kind, name);
            case Published published -> published(published);
            case Acknowledged(var subscription, var ids) -> acknowledged(subscription, ids);
            case Seeked seeked -> seeked(seeked);
            case Begun(var nextMessageId, var published) -> begun(nextMessageId, published);
        };
    }

    static byte[] mark(long position) {
        ByteBuffer bytes = frame(MARK_BODY).put(MARK).putLong(MARK_MAGIC).putLong(position);
        return seal(bytes);
    }

    static boolean isMark(ByteBuffer body) {
        return body.get(body.position()) == MARK;
    }

    /** Whether the checksum in the header is that of the body. */
    static boolean intact(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.slice(0, Integer.BYTES));
        crc.update(header.slice(HEADER, header.remaining() - HEADER));
        return (int) crc.getValue() == header.getInt(Integer.BYTES);
    }

    /** Whether these are the bytes of a mark that was written there. */
    static boolean isMarkAt(ByteBuffer header, long position) {
        return header.getInt(0) == MARK_BODY
                && header.getLong(HEADER + 1) == MARK_MAGIC
                && header.getLong(HEADER + 1 + Long.BYTES) == position
                && intact(header);
    }

    /** Reads the body of an intact record that is not a mark. */
    static JournalRecord decode(ByteBuffer body) {
        byte type = body.get();
        return switch (type) {
            case DEFINED -> new Defined(kind(body), text(body), rest(body));
            case REMOVED -> new Removed(kind(body), text(body));
            case PUBLISHED -> decodePublished(body);
            case ACKNOWLEDGED -> decodeAcknowledged(body);
            case SEEKED -> decodeSeeked(body);
            case BEGUN -> decodeBegun(body);
            default ->
                    throw new JournalException(
                            "record of type "
                                    + type
                                    + ", which this version does not know: the journal was written by a later version");
        };
    }

    private static byte[] defined(Kind kind, String name, byte[] definition) {
        byte[] text = name.getBytes(UTF_8);
        return seal(
                putText(
                                frame(2 + Integer.BYTES + text.length + definition.length)
                                        .put(DEFINED)
                                        .put(kind.code),
                                text)
                        .put(definition));
    }

    private static byte[] removed(Kind kind, String name) {
        byte[] text = name.getBytes(UTF_8);
        return seal(
                putText(frame(2 + Integer.BYTES + text.length).put(REMOVED).put(kind.code), text));
    }

    private static Kind kind(ByteBuffer body) {
        byte code = body.get();
        for (Kind kind : Kind.values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new JournalException(
                "a definition of kind "
                        + code
                        + ", which this version does not know: the journal was written by a later version");
    }

    private static byte[] published(Published published) {
        byte[] topic = published.topic().getBytes(UTF_8);
        byte[] key = published.orderingKey().getBytes(UTF_8);
        int size = beforeMessages(topic, key);
        for (byte[] message : published.messages()) {
            size += Integer.BYTES + message.length;
        }
        ByteBuffer bytes =
                putText(putText(frame(size).put(PUBLISHED), topic), key)
                        .putLong(published.firstId())
                        .putLong(published.publishedAtMillis())
                        .putInt(published.messages().size());
        for (byte[] message : published.messages()) {
            putText(bytes, message);
        }
        return seal(bytes);
    }

    private static int beforeMessages(byte[] topic, byte[] key) {
        return 1
                + Integer.BYTES
                + topic.length
                + Integer.BYTES
                + key.length
                + Long.BYTES
                + Long.BYTES
                + Integer.BYTES;
    }

    /** From the start of the record to the bytes of its first message. */
    static int toFirstMessage(Published published) {
        return HEADER
                + beforeMessages(
                        published.topic().getBytes(UTF_8), published.orderingKey().getBytes(UTF_8))
                + Integer.BYTES;
    }

    /** From the bytes of a message to those of the next. */
    static int toNextMessage(byte[] message) {
        return message.length + Integer.BYTES;
    }

    private static Published decodePublished(ByteBuffer body) {
        String topic = text(body);
        String key = text(body);
        long firstId = body.getLong();
        long publishedAt = body.getLong();
        int count = body.getInt();
        List<byte[]> messages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            messages.add(bytes(body));
        }
        return new Published(topic, firstId, key, publishedAt, messages);
    }

    private static byte[] acknowledged(String subscription, long[] ids) {
        byte[] text = subscription.getBytes(UTF_8);
        ByteBuffer bytes =
                putText(
                        frame(
                                        1
                                                + Integer.BYTES
                                                + text.length
                                                + Integer.BYTES
                                                + ids.length * Long.BYTES)
                                .put(ACKNOWLEDGED),
                        text);
        bytes.putInt(ids.length);
        for (long id : ids) {
            bytes.putLong(id);
        }
        return seal(bytes);
    }

    private static Acknowledged decodeAcknowledged(ByteBuffer body) {
        String subscription = text(body);
        long[] ids = new long[body.getInt()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = body.getLong();
        }
        return new Acknowledged(subscription, ids);
    }

    private static byte[] seeked(Seeked seeked) {
        byte[] subscription = seeked.subscription().getBytes(UTF_8);
        // no snapshot has an empty name
        byte[] snapshot =
                seeked.target() instanceof ToSnapshot(var name)
                        ? name.getBytes(UTF_8)
                        : new byte[0];
        int size =
                1
                        + Integer.BYTES
                        + subscription.length
                        + Integer.BYTES
                        + snapshot.length
                        + Long.BYTES
                        + Long.BYTES;
        ByteBuffer bytes = putText(putText(frame(size).put(SEEKED), subscription), snapshot);
        bytes.putLong(seeked.target() instanceof ToTime(var millis) ? millis : 0);
        return seal(bytes.putLong(seeked.atMillis()));
    }

    private static Seeked decodeSeeked(ByteBuffer body) {
        String subscription = text(body);
        String snapshot = text(body);
        long millis = body.getLong();
        Target target = snapshot.isEmpty() ? new ToTime(millis) : new ToSnapshot(snapshot);
        return new Seeked(subscription, target, body.getLong());
    }

    private static byte[] begun(long nextMessageId, Map<String, Long> published) {
        List<byte[]> topics = new ArrayList<>();
        int size = 1 + Long.BYTES + Integer.BYTES;
        for (String topic : published.keySet()) {
            byte[] text = topic.getBytes(UTF_8);
            topics.add(text);
            size += Integer.BYTES + text.length + Long.BYTES;
        }
        ByteBuffer bytes = frame(size).put(BEGUN).putLong(nextMessageId).putInt(topics.size());
        int i = 0;
        for (Long count : published.values()) {
            putText(bytes, topics.get(i++)).putLong(count);
        }
        return seal(bytes);
    }

    private static Begun decodeBegun(ByteBuffer body) {
        long nextMessageId = body.getLong();
        int count = body.getInt();
        Map<String, Long> published = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            published.put(text(body), body.getLong());
        }
        return new Begun(nextMessageId, published);
    }

    private static ByteBuffer frame(int bodyLength) {
        if (bodyLength < 0 || bodyLength > MAX_BODY) {
            throw new JournalException(
                    "A record of %d bytes is too long for the journal, which takes %d."
                            .formatted(bodyLength, MAX_BODY));
        }
        return ByteBuffer.allocate(HEADER + bodyLength).putInt(bodyLength).putInt(0);
    }

    @SuppressWarnings("ByteBufferBackingArray") // allocated by frame(), and the whole of it
    private static byte[] seal(ByteBuffer bytes) {
        byte[] array = bytes.array();
        CRC32C crc = new CRC32C();
        crc.update(array, 0, Integer.BYTES);
        crc.update(array, HEADER, array.length - HEADER);
        bytes.putInt(Integer.BYTES, (int) crc.getValue());
        return array;
    }

    private static ByteBuffer putText(ByteBuffer bytes, byte[] text) {
        return bytes.putInt(text.length).put(text);
    }

    private static String text(ByteBuffer body) {
        return new String(bytes(body), UTF_8);
    }

    private static byte[] bytes(ByteBuffer body) {
        byte[] bytes = new byte[body.getInt()];
        body.get(bytes);
        return bytes;
    }

    private static byte[] rest(ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return bytes;
    }
}

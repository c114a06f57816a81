package io.farandole.pubsub.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.pubsub.v1.PubsubMessage;
import io.farandole.pubsub.journal.JournalRecord.Published;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was published from the files alone, with nothing of the server: to count independently
 * of the server's counters, from any process, also while the server writes.
 */
public final class JournalReader {

    private JournalReader() {}

    /**
     * Gives every published message to the consumer, in the order of publishing, up to what is not
     * yet wholly written.
     *
     * @return how many messages there were
     * @throws JournalException when a file is damaged, or there is no journal in the directory
     */
    public static long read(Path directory, Consumer<JournaledMessage> consumer) {
        long[] count = new long[1];
        try {
            List<Segment> segments = Segment.in(directory);
            if (segments.isEmpty()) {
                throw new JournalException("There is no journal in " + directory + ".");
            }
            Segment segment = segments.getFirst();
            while (segment != null) {
                segment =
                        readWhole(
                                segment,
                                journalRecord -> count[0] += give(journalRecord, consumer));
            }
        } catch (NoSuchFileException e) {
            throw new JournalException("There is no journal in " + directory + ".", e);
        } catch (IOException e) {
            throw new JournalException("The journal in " + directory + " cannot be read: " + e, e);
        }
        return count[0];
    }

    /** Reads a segment to its end and returns the next one, if there is one. */
    private static @Nullable Segment readWhole(Segment segment, Consumer<JournalRecord> visitor)
            throws IOException {
        Segment next = segment.next();
        Segment.Walk walk = new Segment.Walk(0, 0);
        boolean complete;
        do {
            // a file with a follower is complete; asked before reading, so that nothing is appended
            // in between
            complete = next.exists();
            walk = segment.walk(walk.end(), visitor);
        } while (!complete && next.exists());
        if (complete && walk.torn()) {
            throw segment.damaged(walk.end(), "a record is corrupt, and there are later files");
        }
        return complete ? next : null;
    }

    private static int give(JournalRecord journalRecord, Consumer<JournaledMessage> consumer) {
        if (!(journalRecord instanceof Published published)) {
            return 0;
        }
        for (byte[] message : published.messages()) {
            consumer.accept(journaled(published, message));
        }
        return published.messages().size();
    }

    private static JournaledMessage journaled(Published published, byte[] bytes) {
        try {
            PubsubMessage message = PubsubMessage.parseFrom(bytes);
            return new JournaledMessage(
                    published.topic(),
                    message.getMessageId(),
                    published.orderingKey(),
                    message.getAttributesMap(),
                    message.getData().toByteArray(),
                    Instant.ofEpochSecond(
                            message.getPublishTime().getSeconds(),
                            message.getPublishTime().getNanos()));
        } catch (InvalidProtocolBufferException e) {
            throw new JournalException(
                    "Message "
                            + published.firstId()
                            + " of "
                            + published.topic()
                            + " and its request hold a message that is none: "
                            + e.getMessage(),
                    e);
        }
    }
}

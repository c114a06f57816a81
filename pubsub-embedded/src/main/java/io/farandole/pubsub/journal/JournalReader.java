package io.farandole.pubsub.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Topic;
import io.farandole.pubsub.journal.JournalRecord.Defined;
import io.farandole.pubsub.journal.JournalRecord.Kind;
import io.farandole.pubsub.journal.JournalRecord.Published;
import io.farandole.pubsub.journal.JournalRecord.Removed;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
        return read(directory, Function.identity(), consumer);
    }

    /**
     * Gives what is made of every published message to the consumer, in the order of publishing, up
     * to what is not yet wholly written.
     *
     * @param making is called by several threads at once and in any order
     * @return how many messages there were
     * @throws JournalException when a file is damaged, or there is no journal in the directory
     */
    public static <T> long read(
            Path directory, Function<JournaledMessage, T> making, Consumer<T> consumer) {
        return read(MachineDisk.INSTANCE, directory, making, consumer);
    }

    /**
     * The same, of some topics only: the messages of all others are passed over undecoded.
     *
     * @param wanted is asked for the full name of a topic
     * @param making is called by several threads at once and in any order
     * @return how many messages of those topics there were
     * @throws JournalException when a file is damaged, or there is no journal in the directory
     */
    public static <T> long read(
            Path directory,
            Predicate<String> wanted,
            Function<JournaledMessage, T> making,
            Consumer<T> consumer) {
        return read(MachineDisk.INSTANCE, directory, wanted, making, consumer);
    }

    /**
     * The topics as they were last defined, read from the last file alone: each begins with all
     * definitions.
     *
     * @throws JournalException when that file is damaged, or there is no journal in the directory
     */
    public static List<Topic> topics(Path directory) {
        Disk disk = MachineDisk.INSTANCE;
        Map<String, Topic> topics = new TreeMap<>();
        try {
            List<Segment> segments = Segment.in(disk, directory);
            if (segments.isEmpty()) {
                throw none(directory, null);
            }
            Segment last = segments.getLast();
            try (Disk.OpenFile file = disk.openForReading(last.file())) {
                last.walk(file, 0, (journalRecord, _) -> note(journalRecord, topics));
            }
        } catch (NoSuchFileException e) {
            throw none(directory, e);
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
        return List.copyOf(topics.values());
    }

    private static void note(JournalRecord journalRecord, Map<String, Topic> topics)
            throws IOException {
        switch (journalRecord) {
            case Defined(var kind, var name, var definition) when kind == Kind.TOPIC ->
                    topics.put(name, Topic.parseFrom(definition));
            case Removed(var kind, var name) when kind == Kind.TOPIC -> topics.remove(name);
            default -> {}
        }
    }

    private static JournalException none(Path directory, @Nullable Exception cause) {
        String sentence = "There is no journal in " + directory + ".";
        return cause == null
                ? new JournalException(sentence)
                : new JournalException(sentence, cause);
    }

    private static JournalException unreadable(Path directory, IOException cause) {
        return new JournalException(
                "The journal in " + directory + " cannot be read: " + cause, cause);
    }

    static <T> long read(
            Disk disk, Path directory, Function<JournaledMessage, T> making, Consumer<T> consumer) {
        return read(disk, directory, _ -> true, making, consumer);
    }

    private static <T> long read(
            Disk disk,
            Path directory,
            Predicate<String> wanted,
            Function<JournaledMessage, T> making,
            Consumer<T> consumer) {
        Portion<T> portion = new Portion<>(making, consumer);
        published(
                disk,
                directory,
                published -> {
                    if (wanted.test(published.topic())) {
                        portion.add(published);
                    }
                });
        portion.consume();
        return portion.messages();
    }

    private static void published(Disk disk, Path directory, Consumer<Published> consumer) {
        try {
            Optional<Segment> segment = firstFrom(0, disk, directory);
            if (segment.isEmpty()) {
                throw none(directory, null);
            }
            boolean goesOn = true;
            while (goesOn && segment.isPresent()) {
                goesOn =
                        readWhole(
                                disk,
                                segment.get(),
                                (journalRecord, _) -> {
                                    if (journalRecord instanceof Published published) {
                                        consumer.accept(published);
                                    }
                                });
                segment = firstFrom(segment.get().number() + 1, disk, directory);
            }
        } catch (NoSuchFileException e) {
            throw none(directory, e);
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    /**
     * The first that there still is: those that hold nothing any more go from the first on, also
     * while others are read.
     */
    private static Optional<Segment> firstFrom(long number, Disk disk, Path directory)
            throws IOException {
        return Segment.in(disk, directory).stream()
                .filter(segment -> segment.number() >= number)
                .findFirst();
    }

    /**
     * Reads a segment to its end, which is final if there is a later one.
     *
     * @return whether it is final: if not, a later one that there is now came after more was
     *     appended to this one, and must not be read
     */
    private static boolean readWhole(Disk disk, Segment segment, Segment.Visitor visitor)
            throws IOException {
        // one handle for all of it: the file of that name may become another, with the same
        // content or less
        try (Disk.OpenFile file = disk.openForReading(segment.file())) {
            Segment.Walk walk = new Segment.Walk(0, 0);
            boolean complete;
            do {
                // asked before reading, so that nothing is appended in between
                complete = firstFrom(segment.number() + 1, disk, segment.directory()).isPresent();
                walk = segment.walk(file, walk.end(), visitor);
            } while (!complete
                    && firstFrom(segment.number() + 1, disk, segment.directory()).isPresent());
            if (complete && walk.torn()) {
                throw segment.damaged(walk.end(), "a record is corrupt, and there are later files");
            }
            return complete;
        } catch (NoSuchFileException e) {
            if (firstFrom(segment.number() + 1, disk, segment.directory()).isEmpty()) {
                throw e;
            }
            // all in it was done with, and it went meanwhile
            return true;
        }
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

    /** As much as is decoded at a time, by all processors: decoding costs far more than reading. */
    private static final class Portion<T> {

        private static final int SIZE = 2_000;

        private final List<Supplier<JournaledMessage>> raw = new ArrayList<>(SIZE);
        private final Function<JournaledMessage, T> making;
        private final Consumer<T> consumer;
        private long messages;

        Portion(Function<JournaledMessage, T> making, Consumer<T> consumer) {
            this.making = making;
            this.consumer = consumer;
        }

        void add(Published published) {
            for (byte[] bytes : published.messages()) {
                raw.add(() -> journaled(published, bytes));
                if (raw.size() >= SIZE) {
                    consume();
                }
            }
        }

        void consume() {
            List<T> made =
                    raw.parallelStream().map(message -> making.apply(message.get())).toList();
            messages += raw.size();
            raw.clear();
            made.forEach(consumer);
        }

        long messages() {
            return messages;
        }
    }
}

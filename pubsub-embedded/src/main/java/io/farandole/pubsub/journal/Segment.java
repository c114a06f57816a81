package io.farandole.pubsub.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One file of the journal: a signature, then records. */
record Segment(Path directory, long number) {

    private static final byte[] SIGNATURE = "FARPSJ02".getBytes(US_ASCII);
    private static final Pattern NAME = Pattern.compile("messages-(\\d{10})\\.journal");

    /**
     * What a walk over a segment saw: records are intact up to {@code end}, and the file was {@code
     * length} long.
     */
    record Walk(long end, long length) {
        boolean torn() {
            return end < length;
        }
    }

    static List<Segment> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(Path::getFileName)
                    .map(String::valueOf)
                    .map(NAME::matcher)
                    .filter(Matcher::matches)
                    .map(name -> new Segment(directory, Long.parseLong(name.group(1))))
                    .sorted(Comparator.comparingLong(Segment::number))
                    .toList();
        }
    }

    Path file() {
        return directory.resolve("messages-%010d.journal".formatted(number));
    }

    Segment next() {
        return new Segment(directory, number + 1);
    }

    boolean exists() {
        return Files.exists(file());
    }

    static ByteBuffer signature() {
        return ByteBuffer.wrap(SIGNATURE);
    }

    /**
     * Gives every intact record from {@code from} on (0 for all) to the visitor.
     *
     * @throws JournalException when the damage is not that of a write cut short
     */
    Walk walk(long from, Consumer<JournalRecord> visitor) throws IOException {
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.READ);
                Arena arena = Arena.ofConfined()) {
            int length = Math.toIntExact(channel.size());
            ByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, length, arena).asByteBuffer();
            int at = from == 0 ? signed(bytes) : Math.toIntExact(from);
            while (at > 0 && length - at >= RecordFormat.HEADER) {
                int body = bytes.getInt(at);
                if (body <= 0
                        || body > RecordFormat.MAX_BODY
                        || body > length - at - RecordFormat.HEADER
                        || !RecordFormat.intact(bytes, at, body)) {
                    break;
                }
                visit(bytes.slice(at + RecordFormat.HEADER, body), at, visitor);
                at += RecordFormat.HEADER + body;
            }
            if (at < length) {
                refuseDamageBeforeAMark(bytes, at);
            }
            return new Walk(at, length);
        }
    }

    JournalException damaged(long offset, String what) {
        return new JournalException(
                ("The journal is damaged: %s, offset %d: %s. What stands before it is intact. "
                                + "Put the file back from a copy, or move the directory away to start with an empty journal.")
                        .formatted(file(), offset, what));
    }

    private void visit(ByteBuffer body, int at, Consumer<JournalRecord> visitor) {
        if (RecordFormat.isMark(body)) {
            return;
        }
        JournalRecord journalRecord;
        try {
            journalRecord = RecordFormat.decode(body);
        } catch (RuntimeException e) {
            throw damaged(
                    at, "the checksum is right and the content is not (" + e.getMessage() + ")");
        }
        visitor.accept(journalRecord);
    }

    /** Where the records start; 0 when the crash came before the signature was on disk. */
    private int signed(ByteBuffer bytes) {
        if (bytes.capacity() >= SIGNATURE.length
                && bytes.slice(0, SIGNATURE.length).equals(signature())) {
            return SIGNATURE.length;
        }
        for (int i = 0; i < Math.min(bytes.capacity(), SIGNATURE.length); i++) {
            if (bytes.get(i) != 0 && bytes.get(i) != SIGNATURE[i]) {
                throw damaged(0, "the file does not start as a journal does");
            }
        }
        return 0;
    }

    private void refuseDamageBeforeAMark(ByteBuffer bytes, int from) {
        for (int at = from; at <= bytes.capacity() - RecordFormat.MARK_SIZE; at++) {
            if (bytes.getInt(at) == RecordFormat.MARK_BODY
                    && bytes.getLong(at + RecordFormat.HEADER + 1) == RecordFormat.MARK_MAGIC
                    && bytes.getLong(at + RecordFormat.HEADER + 1 + Long.BYTES) == at
                    && RecordFormat.intact(bytes, at, RecordFormat.MARK_BODY)) {
                throw damaged(
                        from,
                        "a record is corrupt, although all up to offset "
                                + at
                                + " was forced to disk");
            }
        }
    }
}

package io.farandole.pubsub.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One file of the journal: a signature, then records. */
record Segment(Path directory, long number) {

    private static final byte[] SIGNATURE = "FARPSJ03".getBytes(US_ASCII);
    private static final int FAMILY = 6;
    private static final Pattern NAME = Pattern.compile("messages-(\\d{10})\\.journal");
    private static final Pattern UNFINISHED = Pattern.compile("messages-\\d{10}\\.unfinished");

    /** Is given the records of a segment, each with the offset at which it starts. */
    interface Visitor {
        void visit(JournalRecord journalRecord, long offset) throws IOException;
    }

    /**
     * What a walk over a segment saw: records are intact up to {@code end}, and the file had
     * something in it up to {@code length}.
     */
    record Walk(long end, long length) {
        boolean torn() {
            return end < length;
        }
    }

    static List<Segment> in(Disk disk, Path directory) throws IOException {
        return disk.list(directory).stream()
                .map(NAME::matcher)
                .filter(Matcher::matches)
                .map(name -> new Segment(directory, Long.parseLong(name.group(1))))
                .sorted(Comparator.comparingLong(Segment::number))
                .toList();
    }

    /** Files that a crash kept from getting their name; they count for nothing. */
    static List<Path> unfinishedIn(Disk disk, Path directory) throws IOException {
        return disk.list(directory).stream()
                .filter(name -> UNFINISHED.matcher(name).matches())
                .map(directory::resolve)
                .toList();
    }

    Path file() {
        return directory.resolve("messages-%010d.journal".formatted(number));
    }

    /** Under this name it is written; it gets the other once it is whole and safe. */
    Path unfinished() {
        return directory.resolve("messages-%010d.unfinished".formatted(number));
    }

    Segment next() {
        return new Segment(directory, number + 1);
    }

    static byte[] signature() {
        return SIGNATURE.clone();
    }

    /**
     * Gives every intact record from {@code from} on (0 for all) to the visitor.
     *
     * @throws JournalException when the damage is not that of a write cut short
     */
    Walk walk(Disk.OpenFile file, long from, Visitor visitor) throws IOException {
        Window window = new Window(file);
        long length = window.length();
        long at = from == 0 ? signed(window) : from;
        while (at > 0 && length - at >= RecordFormat.HEADER) {
            int body = window.intAt(at);
            if (body <= 0
                    || body > RecordFormat.MAX_BODY
                    || body > length - at - RecordFormat.HEADER
                    || !RecordFormat.intact(window.at(at, RecordFormat.HEADER + body))) {
                break;
            }
            visit(window.at(at, RecordFormat.HEADER + body), at, visitor);
            at += RecordFormat.HEADER + body;
        }
        if (at == length || isZeros(window, at)) {
            return new Walk(at, at);
        }
        refuseDamageBeforeAMark(window, at);
        return new Walk(at, length);
    }

    /** Room that was made ahead, and not used yet. */
    private static boolean isZeros(Window window, long from) throws IOException {
        if (from == 0) {
            return false;
        }
        for (long at = from; at < window.length(); at++) {
            if (window.at(at, 1).get(0) != 0) {
                return false;
            }
        }
        return true;
    }

    JournalException damaged(long offset, String what) {
        return new JournalException(
                ("The journal is damaged: %s, offset %d: %s. What stands before it is intact. "
                                + "Put the file back from a copy, or move the directory away to start with an empty journal.")
                        .formatted(file(), offset, what));
    }

    private void visit(ByteBuffer bytes, long at, Visitor visitor) throws IOException {
        ByteBuffer body = bytes.slice(RecordFormat.HEADER, bytes.remaining() - RecordFormat.HEADER);
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
        visitor.visit(journalRecord, at);
    }

    /** Where the records start; 0 when the crash came before the signature was on disk. */
    private int signed(Window window) throws IOException {
        int length = (int) Math.min(window.length(), SIGNATURE.length);
        byte[] found = new byte[length];
        window.at(0, length).get(found);
        if (Arrays.equals(found, SIGNATURE)) {
            return SIGNATURE.length;
        }
        if (length == SIGNATURE.length && Arrays.equals(found, 0, FAMILY, SIGNATURE, 0, FAMILY)) {
            throw new JournalException(
                    "The journal %s was written by another version. Move the directory away to start with an empty journal, or use that version."
                            .formatted(file()));
        }
        for (int i = 0; i < length; i++) {
            if (found[i] != 0 && found[i] != SIGNATURE[i]) {
                throw damaged(0, "the file does not start as a journal does");
            }
        }
        return 0;
    }

    private void refuseDamageBeforeAMark(Window window, long from) throws IOException {
        for (long at = from; at <= window.length() - RecordFormat.MARK_SIZE; at++) {
            if (window.intAt(at) == RecordFormat.MARK_BODY
                    && RecordFormat.isMarkAt(window.at(at, RecordFormat.MARK_SIZE), at)) {
                throw damaged(
                        from,
                        "a record is corrupt, although all up to offset "
                                + at
                                + " was forced to disk");
            }
        }
    }
}

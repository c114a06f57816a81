package io.farandole.events;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

/**
 * Ids of internal events, in the layout of UUIDv7: a time in front, a hash of where they come from
 * behind.
 */
public final class EventId {

    private static final int TIME_BITS = 48;
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private EventId() {}

    /**
     * The id of what ingestion makes of a source event; {@code ordinal} tells apart what it makes
     * of the same one.
     */
    public static UUID ingested(
            Instant ingestionTime, Topic<?> out, UUID sourceIdentity, int ordinal) {
        Fingerprint fingerprint = new Fingerprint("ingested");
        fingerprint.add(out.name());
        add(fingerprint, sourceIdentity);
        fingerprint.add(ordinal);
        return id(ingestionTime.toEpochMilli(), fingerprint);
    }

    /** The id of what a processor makes of an internal event: the same input gives the same id. */
    public static UUID derived(
            UUID input, String processor, int generation, Topic<?> out, int ordinal) {
        Fingerprint fingerprint = new Fingerprint("derived");
        add(fingerprint, input);
        fingerprint.add(processor);
        fingerprint.add(generation);
        fingerprint.add(out.name());
        fingerprint.add(ordinal);
        return id(millisOf(input), fingerprint);
    }

    /** The id of the tick that a schedule is due: the same whoever sends it, and however often. */
    public static UUID ticked(String schedule, Instant due) {
        Fingerprint fingerprint = new Fingerprint("ticked");
        fingerprint.add(schedule);
        fingerprint.add(due.getEpochSecond());
        fingerprint.add(due.getNano());
        return id(due.toEpochMilli(), fingerprint);
    }

    /**
     * The same id with at least this time in front: what is derived from it is not taken for older
     * than it is where ids are remembered for a while only.
     */
    public static UUID noEarlierThan(Instant time, UUID id) {
        long millis = time.toEpochMilli();
        if (millis <= millisOf(id)) {
            return id;
        }
        requireFits(millis);
        long rest = id.getMostSignificantBits() & ((1L << (Long.SIZE - TIME_BITS)) - 1);
        return new UUID(millis << (Long.SIZE - TIME_BITS) | rest, id.getLeastSignificantBits());
    }

    /** The time in front of an id. */
    public static Instant timeOf(UUID id) {
        return Instant.ofEpochMilli(millisOf(id));
    }

    private static long millisOf(UUID id) {
        return id.getMostSignificantBits() >>> (Long.SIZE - TIME_BITS);
    }

    private static UUID id(long millis, Fingerprint fingerprint) {
        requireFits(millis);
        ByteBuffer hash = fingerprint.finish();
        long front = millis << (Long.SIZE - TIME_BITS) | VERSION | (hash.getLong() & 0x0fffL);
        long back = VARIANT | (hash.getLong() & 0x3fff_ffff_ffff_ffffL);
        return new UUID(front, back);
    }

    private static void requireFits(long millis) {
        if (millis < 0 || millis >= 1L << TIME_BITS) {
            throw new IllegalArgumentException(
                    Instant.ofEpochMilli(millis)
                            + " does not fit into the 48 bits in front of an id");
        }
    }

    private static void add(Fingerprint fingerprint, UUID id) {
        fingerprint.add(id.getMostSignificantBits());
        fingerprint.add(id.getLeastSignificantBits());
    }
}

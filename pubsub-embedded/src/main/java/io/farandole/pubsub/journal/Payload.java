package io.farandole.pubsub.journal;

/**
 * The bytes of a message: on the heap, or in a file from which they are read each time they are
 * asked for. Kept small, for a backlog holds millions of them.
 */
public abstract class Payload {

    /** Stands nowhere in a file. */
    public static final long NOWHERE = 0;

    /** The bytes, or the {@link PayloadFiles} in which they stand. */
    private volatile Object content;

    /** The number of the file, and the offset in it; written before {@code content}. */
    private volatile long location;

    private final int size;

    /**
     * @param location where the bytes stand in a file as well, or {@link #NOWHERE}
     */
    @SuppressWarnings("EI_EXPOSE_REP2") // shared by all who hold the message, and never written
    protected Payload(byte[] bytes, long location) {
        this.content = bytes;
        this.location = location;
        this.size = bytes.length;
    }

    /** Which comes first in a file of the journal or among those in memory. */
    public abstract long id();

    /**
     * The bytes, from the heap or from the file.
     *
     * @throws JournalException when the file cannot be read
     */
    public final byte[] bytes() {
        Object now = content;
        return now instanceof byte[] bytes ? bytes : ((PayloadFiles) now).read(this);
    }

    /** How many bytes there are; costs nothing. */
    public final int size() {
        return size;
    }

    public final boolean isOnHeap() {
        return content instanceof byte[];
    }

    long location() {
        return location;
    }

    /** The same bytes stand there now. */
    void moved(long to) {
        location = to;
    }

    /** Leaves the heap; from now on the bytes are read from where they stand in the files. */
    void leaveHeap(PayloadFiles files) {
        content = files;
    }
}

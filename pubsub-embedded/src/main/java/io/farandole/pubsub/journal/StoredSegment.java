package io.farandole.pubsub.journal;

import io.farandole.pubsub.journal.JournalRecord.Acknowledged;
import io.farandole.pubsub.journal.JournalRecord.Published;

/** A segment with what its file holds: counted while it is written or read. */
final class StoredSegment {

    final Segment segment;
    final Disk.OpenFile file;

    /** Its number among the {@link PayloadFiles}. */
    final int fileNumber;

    /** The ids of the messages in it. */
    final IdSet ids = new IdSet();

    private volatile long bytes;
    private volatile long payloadBytes;
    private volatile long acknowledgementBytes;

    /** Not worth another look before the journal has dropped so many bytes. */
    long worthALookAt;

    StoredSegment(Segment segment, Disk.OpenFile file, PayloadFiles files) {
        this.segment = segment;
        this.file = file;
        this.fileNumber = files.add(file);
    }

    /** One thread at a time adds. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void holds(JournalRecord journalRecord) {
        switch (journalRecord) {
            case Published published -> {
                ids.add(published.firstId(), published.messages().size());
                for (byte[] message : published.messages()) {
                    payloadBytes += message.length;
                }
            }
            case Acknowledged acknowledged ->
                    acknowledgementBytes += (long) acknowledged.messageIds().length * Long.BYTES;
            default -> {}
        }
    }

    void bytes(long length) {
        bytes = length;
    }

    long bytes() {
        return bytes;
    }

    long payloadBytes() {
        return payloadBytes;
    }

    long acknowledgementBytes() {
        return acknowledgementBytes;
    }
}

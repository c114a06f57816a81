package io.farandole.pubsub.journal;

import io.farandole.pubsub.journal.JournalRecord.Acknowledged;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An encoded record that is to be written, whom to tell, and where it came to stand. */
final class WaitingRecord {

    private static final Logger LOG = LoggerFactory.getLogger(WaitingRecord.class);

    /** Of acknowledged messages in one record: far from what a record may hold. */
    static final int MOST_IDS = 100_000;

    final JournalRecord journalRecord;
    final byte[] bytes;
    private final Journal.@Nullable Commit commit;
    long location;

    private WaitingRecord(JournalRecord journalRecord, Journal.@Nullable Commit commit) {
        this.journalRecord = journalRecord;
        this.bytes = RecordFormat.encode(journalRecord);
        this.commit = commit;
    }

    /**
     * One, or several where one would be too long; whoever is to be told is told of the last.
     *
     * @throws JournalException when the record is too long and cannot be divided
     */
    static List<WaitingRecord> of(JournalRecord journalRecord, Journal.@Nullable Commit commit) {
        if (!(journalRecord instanceof Acknowledged(var subscription, var ids))
                || ids.length <= MOST_IDS) {
            return List.of(new WaitingRecord(journalRecord, commit));
        }
        List<WaitingRecord> parts = new ArrayList<>();
        for (int from = 0; from < ids.length; from += MOST_IDS) {
            int to = Math.min(from + MOST_IDS, ids.length);
            parts.add(
                    new WaitingRecord(
                            new Acknowledged(subscription, Arrays.copyOfRange(ids, from, to)),
                            to == ids.length ? commit : null));
        }
        return parts;
    }

    static long bytes(List<WaitingRecord> records) {
        long bytes = 0;
        for (WaitingRecord one : records) {
            bytes += one.bytes.length;
        }
        return bytes;
    }

    /**
     * Acknowledgements took effect before they came here: to refuse one would be to forget it,
     * whether or not somebody waits for its answer.
     */
    boolean waitsForRoom() {
        return journalRecord instanceof Acknowledged;
    }

    /** It is on disk, or for that reason it will never be. */
    void answer(@Nullable JournalException failure) {
        if (commit == null) {
            return;
        }
        try {
            if (failure == null) {
                commit.durableAt(location);
            } else {
                commit.failed(failure);
            }
        } catch (RuntimeException | Error e) {
            // one caller's trouble must not take away the others' answers
            LOG.error("What followed a write to the journal failed", e);
        }
    }
}

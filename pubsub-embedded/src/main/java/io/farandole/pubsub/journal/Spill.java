package io.farandole.pubsub.journal;

import com.carrotsearch.hppc.IntLongHashMap;
import com.carrotsearch.hppc.cursors.IntLongCursor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files for payloads that have no room in memory, where there is no journal. They have no names,
 * and so are gone with the server, however it ends.
 */
final class Spill {

    private static final Logger LOG = LoggerFactory.getLogger(Spill.class);
    private static final long FILE_BYTES = 64L << 20;
    private static final int SPARSE = 4;

    private final Disk disk;
    private final PayloadFiles files = new PayloadFiles();
    private final ByteBuffer staging = ByteBuffer.allocate(1 << 16);

    /** The length of each file by its number. */
    private final IntLongHashMap lengths = new IntLongHashMap();

    private int current;
    private @Nullable RecordOutput out;

    Spill(Disk disk) {
        this.disk = disk;
    }

    /**
     * Takes these from the heap.
     *
     * @throws JournalFullException when there is no room for them; then they stay
     */
    synchronized void add(List<? extends Payload> payloads) {
        try {
            long[] places = write(payloads);
            for (int i = 0; i < places.length; i++) {
                payloads.get(i).moved(places[i]);
                payloads.get(i).leaveHeap(files);
            }
        } catch (IOException e) {
            out = null; // what was begun in that file is not gone on with
            throw new JournalFullException(
                    ("Messages that are not yet acknowledged, or that are retained, fill the memory that they may take,"
                                    + " and a temporary file for them cannot be written: %s. Make room on the disk of %s,"
                                    + " or start the server with more memory for payloads.")
                            .formatted(e.getMessage(), System.getProperty("java.io.tmpdir")),
                    e);
        }
    }

    /** Gives back the room of all but these. */
    synchronized void keepOnly(List<? extends Payload> held) {
        IntLongHashMap live = new IntLongHashMap();
        for (Payload payload : held) {
            if (!payload.isOnHeap()) {
                live.addTo(PayloadFiles.file(payload.location()), payload.size());
            }
        }
        List<Integer> sparse = new ArrayList<>();
        for (IntLongCursor each : lengths) {
            if (each.key != current && live.get(each.key) < each.value / SPARSE) {
                sparse.add(each.key);
            }
        }
        for (int number : sparse) {
            List<Payload> rest = new ArrayList<>();
            if (live.containsKey(number)) {
                for (Payload payload : held) {
                    if (!payload.isOnHeap() && PayloadFiles.file(payload.location()) == number) {
                        rest.add(payload);
                    }
                }
            }
            add(rest);
            closeFile(number);
        }
    }

    private long[] write(List<? extends Payload> payloads) throws IOException {
        long[] places = new long[payloads.size()];
        for (int i = 0; i < places.length; i++) {
            RecordOutput to = output();
            places[i] = PayloadFiles.location(current, to.position());
            to.put(payloads.get(i).bytes());
        }
        if (out != null) {
            out.drain();
            lengths.put(current, out.position());
        }
        return places;
    }

    private RecordOutput output() throws IOException {
        if (out != null && out.position() > FILE_BYTES) {
            out.drain();
            lengths.put(current, out.position());
            out = null;
        }
        if (out == null) {
            Disk.OpenFile file = disk.openNameless();
            current = files.add(file);
            lengths.put(current, 0);
            out = new RecordOutput(file, 0, staging);
        }
        return out;
    }

    private void closeFile(int number) {
        lengths.remove(number);
        try {
            files.close(number);
        } catch (IOException e) {
            LOG.warn("A temporary file of payloads could not be closed", e);
        }
    }

    synchronized void close() {
        try {
            files.closeAll();
        } catch (IOException e) {
            LOG.warn("The temporary files of payloads could not be closed", e);
        }
    }
}

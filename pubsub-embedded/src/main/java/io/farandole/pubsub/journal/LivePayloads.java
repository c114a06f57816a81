package io.farandole.pubsub.journal;

import com.carrotsearch.hppc.IntObjectHashMap;
import com.carrotsearch.hppc.LongHashSet;
import java.util.ArrayList;
import java.util.List;

/** The messages that somebody holds, by the file in which they stand. */
final class LivePayloads {

    private final IntObjectHashMap<List<Payload>> byFile = new IntObjectHashMap<>();

    private LivePayloads() {}

    /** All in these segments; what is not there is dead for ever. */
    static LivePayloads in(List<StoredSegment> segments, JournaledState state) {
        LivePayloads live = new LivePayloads();
        segments.forEach(segment -> live.byFile.put(segment.fileNumber, new ArrayList<>()));
        state.held(live::found);
        return live;
    }

    private void found(Payload payload) {
        List<Payload> ofFile = byFile.get(PayloadFiles.file(payload.location()));
        if (ofFile != null) {
            ofFile.add(payload);
        }
    }

    List<Payload> of(StoredSegment segment) {
        List<Payload> ofFile = byFile.get(segment.fileNumber);
        return ofFile == null ? List.of() : ofFile;
    }

    /** Each counted once, however many hold it. */
    long bytesOf(StoredSegment segment) {
        long bytes = 0;
        LongHashSet seen = new LongHashSet();
        for (Payload payload : of(segment)) {
            if (seen.add(payload.location())) {
                bytes += payload.size();
            }
        }
        return bytes;
    }
}

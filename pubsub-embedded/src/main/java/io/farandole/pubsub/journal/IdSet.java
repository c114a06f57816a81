package io.farandole.pubsub.journal;

import com.carrotsearch.hppc.LongObjectHashMap;

/** Message ids, of which most come in long runs: a bit each. */
final class IdSet {

    private static final int BITS = 10;
    private static final int MASK = (1 << BITS) - 1;

    private final LongObjectHashMap<long[]> blocks = new LongObjectHashMap<>();

    void add(long firstId, int count) {
        for (long id = firstId; id < firstId + count; id++) {
            add(id);
        }
    }

    private void add(long id) {
        long[] block = blocks.get(id >> BITS);
        if (block == null) {
            block = new long[(MASK + 1) / Long.SIZE];
            blocks.put(id >> BITS, block);
        }
        int bit = (int) id & MASK;
        block[bit / Long.SIZE] |= 1L << bit;
    }

    boolean contains(long id) {
        long[] block = blocks.get(id >> BITS);
        int bit = (int) id & MASK;
        return block != null && (block[bit / Long.SIZE] & 1L << bit) != 0;
    }
}

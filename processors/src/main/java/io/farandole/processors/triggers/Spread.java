package io.farandole.processors.triggers;

import io.farandole.events.ItemId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongBinaryOperator;

/**
 * How acts spread over the items, which are thrown into a few bins by a hash of their ids. A
 * divergence between two such spreads is never more than that between the items themselves (Csiszár
 * 1967: no mapping of the outcomes increases it), and its chance is known.
 *
 * @param counts of each bin
 */
record Spread(List<Long> counts) {

    static final int BINS = 32;

    static final Spread NOTHING = new Spread(Collections.nCopies(BINS, 0L));

    Spread {
        if (counts.size() != BINS) {
            throw new IllegalArgumentException(counts.size() + " bins instead of " + BINS);
        }
        counts = List.copyOf(counts);
    }

    Spread and(ItemId item) {
        List<Long> more = new ArrayList<>(counts);
        int bin = Math.floorMod(mixed(item.value().hashCode()), BINS);
        more.set(bin, more.get(bin) + 1);
        return new Spread(more);
    }

    Spread and(Spread other) {
        return with(other, Long::sum);
    }

    /** Never less than nothing. */
    Spread without(Spread other) {
        return with(other, (mine, others) -> Math.max(0, mine - others));
    }

    long total() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    private Spread with(Spread other, LongBinaryOperator change) {
        List<Long> changed = new ArrayList<>(BINS);
        for (int bin = 0; bin < BINS; bin++) {
            changed.add(change.applyAsLong(counts.get(bin), other.counts.get(bin)));
        }
        return new Spread(changed);
    }

    /** The end of MurmurHash3: ids that differ in their last digit alone go anywhere. */
    private static int mixed(int hash) {
        int mixed = hash;
        mixed ^= mixed >>> 16;
        mixed *= 0x85ebca6b;
        mixed ^= mixed >>> 13;
        mixed *= 0xc2b2ae35;
        return mixed ^ mixed >>> 16;
    }
}

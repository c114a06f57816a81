package io.farandole.gateway.offers;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * What of an order can be passed over without looking at it: what costs something, for whom has
 * nothing to spend, and what is somewhere else. As it was when all was put in order; of what was
 * told since, it is never certain.
 */
final class Grounds {

    private final int size;
    private final BitSet free;
    private final BitSet anywhere;
    private final Map<Position, List<Integer>> somewhere;
    private final Map<Area, BitSet> areas = new ConcurrentHashMap<>();
    private final AtomicLongArray touched;

    private Grounds(
            int size, BitSet free, BitSet anywhere, Map<Position, List<Integer>> somewhere) {
        this.size = size;
        this.free = free;
        this.anywhere = anywhere;
        this.somewhere = somewhere;
        this.touched = new AtomicLongArray((size + Long.SIZE - 1) / Long.SIZE);
    }

    static Grounds of(ItemOffers[] places) {
        BitSet free = new BitSet(places.length);
        BitSet anywhere = new BitSet(places.length);
        Map<Position, List<Integer>> somewhere = new HashMap<>();
        for (int place = 0; place < places.length; place++) {
            free.set(place, places[place].cheapest() <= 0);
            for (OfferFacts offer : places[place].offers()) {
                if (offer.digital()) {
                    anywhere.set(place);
                } else if (offer.position() != null) {
                    somewhere.computeIfAbsent(offer.position(), _ -> new ArrayList<>(2)).add(place);
                }
            }
        }
        return new Grounds(places.length, free, anywhere, somewhere);
    }

    BitSet candidates(boolean isFree, @Nullable Area in, int count) {
        BitSet found = new BitSet(count);
        if (in == null) {
            found.set(0, size);
        } else {
            found.or(areas.computeIfAbsent(in, this::within));
        }
        if (isFree) {
            found.and(free);
        }
        for (int word = 0; word < touched.length(); word++) {
            for (long left = touched.get(word); left != 0; left &= left - 1) {
                found.set(word * Long.SIZE + Long.numberOfTrailingZeros(left));
            }
        }
        // What came since.
        found.set(size, count);
        return found;
    }

    private BitSet within(Area area) {
        BitSet places = (BitSet) anywhere.clone();
        somewhere.forEach(
                (position, there) -> {
                    if (area.contains(position)) {
                        there.forEach(places::set);
                    }
                });
        return places;
    }

    void touched(int place) {
        if (place < size) {
            touched.accumulateAndGet(
                    place / Long.SIZE, 1L << (place % Long.SIZE), (has, more) -> has | more);
        }
    }

    boolean isUntouched() {
        for (int word = 0; word < touched.length(); word++) {
            if (touched.get(word) != 0) {
                return false;
            }
        }
        return true;
    }
}

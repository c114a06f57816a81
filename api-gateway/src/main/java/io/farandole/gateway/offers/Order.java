package io.farandole.gateway.offers;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Items in the order in which they are looked at, that grows at its end: whoever has it already
 * sees none of what came later.
 *
 * @param at when it was put in order
 * @param array with room for more behind those that count
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody else has it, and nobody compares orders.
record Order(Instant at, String[] array, int count) {

    static Order of(Instant at, List<String> items) {
        return new Order(at, items.toArray(String[]::new), items.size());
    }

    /** With one more, the least of all. Of each order only the latest may be told of more. */
    Order and(String item) {
        String[] all = count < array.length ? array : Arrays.copyOf(array, 2 * count + 16);
        all[count] = item;
        return new Order(at, all, count + 1);
    }

    List<String> items() {
        return Collections.unmodifiableList(Arrays.asList(array).subList(0, count));
    }
}

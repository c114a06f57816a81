package io.farandole.orchestrator.ledger;

import com.carrotsearch.hppc.LongLongHashMap;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Which identities were met: a journal has tens of millions, and as objects of their own they would
 * take three times as much.
 */
final class Identities {

    /** The lower half by the upper one. */
    private final LongLongHashMap met = new LongLongHashMap();

    /** Those whose upper half is another's too: hardly ever any. */
    private final Set<UUID> twins = new HashSet<>();

    /** Whether it was not met before. */
    boolean add(UUID identity) {
        long upper = identity.getMostSignificantBits();
        long lower = identity.getLeastSignificantBits();
        int place = met.indexOf(upper);
        if (!met.indexExists(place)) {
            met.indexInsert(place, upper, lower);
            return true;
        }
        return met.indexGet(place) != lower && twins.add(identity);
    }
}

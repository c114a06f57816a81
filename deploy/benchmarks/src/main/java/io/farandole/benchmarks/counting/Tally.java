package io.farandole.benchmarks.counting;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The right counts, kept apart from every system that is measured; then what a system counted is
 * held against them, row by row.
 */
public final class Tally {

    private final Map<String, Integer> right = new HashMap<>();
    private long sent;
    private long counted;
    private long wrong;
    private String example = "";

    /** Counts an event that was sent; returns the how manieth of its key and window it is. */
    int add(Fact fact) {
        sent++;
        return right.merge(fact.counted(), 1, Integer::sum);
    }

    /** The same, for another one that has to have counted the same. */
    Tally copy() {
        Tally copy = new Tally();
        copy.right.putAll(right);
        copy.sent = sent;
        return copy;
    }

    /** How many rows there have to be. */
    int rows() {
        return right.size();
    }

    /** Takes a row as a system counted it; each may come once. */
    public void found(String row, long count) {
        counted += count;
        Integer expected = right.remove(row);
        if (expected == null || expected != count) {
            wrong++;
            example = row + " is " + count + ", it has to be " + (expected == null ? 0 : expected);
        }
    }

    /** After all that was found: what is wrong with it, if anything is. */
    Optional<String> flaw() {
        if (wrong == 0 && right.isEmpty() && counted == sent) {
            return Optional.empty();
        }
        return Optional.of(
                "%,d events were sent, the sum of counts is %,d; %,d rows are wrong, %,d are missing; %s"
                        .formatted(sent, counted, wrong, right.size(), example));
    }
}

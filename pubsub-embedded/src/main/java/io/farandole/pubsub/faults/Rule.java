package io.farandole.pubsub.faults;

import java.util.concurrent.atomic.AtomicLong;

/** A fault that is armed: it happens until it was told to often enough, or is ended. */
public final class Rule {

    private final Faults faults;
    private final Place place;
    private final Fault fault;
    private final Effect effect;
    private final double probability;
    private final long mark;
    private final AtomicLong left;
    private final AtomicLong injected = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();

    /** {@code mark}: what this rule's chances are drawn from. */
    Rule(
            Faults faults,
            Place place,
            Fault fault,
            Effect effect,
            double probability,
            long atMost,
            long mark) {
        this.faults = faults;
        this.place = place;
        this.fault = fault;
        this.effect = effect;
        this.probability = probability;
        this.left = new AtomicLong(atMost);
        this.mark = mark;
    }

    /** How often it happened. */
    public long injected() {
        return injected.get();
    }

    /** It happens no more. */
    public void end() {
        faults.end(this);
    }

    Effect effect() {
        return effect;
    }

    boolean isFor(Fault wanted, Occasion occasion) {
        return fault == wanted && place.covers(occasion);
    }

    /** Whether it happens to the next one that asks. */
    boolean strikesNext() {
        return strikes(asked.getAndIncrement(), 0);
    }

    /**
     * Whether it happens to that message on its so-manieth delivery: drawn from the seed and these
     * numbers alone, so that threads cannot change it.
     */
    boolean strikes(long message, long delivery) {
        if (draw(message, delivery) >= probability
                || left.getAndUpdate(had -> Math.max(0, had - 1)) == 0) {
            return false;
        }
        injected.incrementAndGet();
        faults.count(fault);
        return true;
    }

    /** A number from 0 to below 1, the same for the same seed, rule and numbers. */
    double draw(long message, long delivery) {
        long mixed = mix(mix(mark ^ message) + delivery);
        return (mixed >>> 11) * 0x1.0p-53;
    }

    /** Every bit of the result depends on every bit of the number (Stafford's mix 13). */
    static long mix(long number) {
        long z = number + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    @Override
    public String toString() {
        return fault + " " + place;
    }
}

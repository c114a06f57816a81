package io.farandole.pubsub.faults;

/** A fault that is planned; it is armed by saying how often it happens. */
public final class Plan {

    private final Place place;
    private final Fault fault;
    private final Effect effect;

    Plan(Place place, Fault fault, Effect effect) {
        this.place = place;
        this.fault = fault;
        this.effect = effect;
    }

    /** Whenever it can. */
    public Rule always() {
        return arm(1, Long.MAX_VALUE);
    }

    /** The next so many times that it can. */
    public Rule times(long number) {
        if (number < 1) {
            throw new IllegalArgumentException(number + " times is never.");
        }
        return arm(1, number);
    }

    /** With that probability, from 0 to 1, each time that it can. */
    public Rule chance(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "A probability is between 0 and 1, and not " + probability + ".");
        }
        return arm(probability, Long.MAX_VALUE);
    }

    private Rule arm(double probability, long atMost) {
        return place.faults().arm(place, fault, effect, probability, atMost);
    }
}

package io.farandole.recommenders.model;

/**
 * How much past items count.
 *
 * @param met what was met and not liked, where a liked one counts 1
 * @param recency an item counts half after so many later ones; 0: all count alike
 */
public record Counting(double met, double recency) {

    public static final Counting USUAL = new Counting(0, 0);

    static final String BLEND = "blend";

    public Counting {
        Parameters.check("met", met, met >= 0 && met <= 1, "from 0 to 1");
        Parameters.check("recency", recency, recency >= 0, "0 or more");
    }

    static Counting of(Parameters given) {
        return new Counting(given.number("met", 0), given.number("recency", 0));
    }

    String text() {
        return new Parameters.Text(BLEND)
                .unlessUsual("met", met, 0)
                .unlessUsual("recency", recency, 0)
                .toString();
    }

    /**
     * A past item's weight.
     *
     * @param told 1 for a liked one, 0 for one that was only met
     * @param later how many of the user's items came after it
     */
    public float weight(double told, int later) {
        double weight = told == 0 ? met : told;
        return (float) (recency == 0 ? weight : weight * StrictMath.pow(0.5, later / recency));
    }
}

package io.farandole.recommenders.taste;

import java.util.BitSet;

/**
 * What is known of one user, gathered over one {@link Assortment}: acts for and against categories,
 * and the items that the user has had. Acts are counted in tenths, as integers, so that the order
 * of gathering does not matter. Items and categories that the assortment does not know say nothing.
 */
public final class Taste {

    /** A whole act, in tenths: a rating, a booking, a favourite. */
    public static final int WHOLE = 10;

    /** A slight one: a view. */
    public static final int SLIGHT = 1;

    private final Assortment assortment;
    private final long[] likedByCategory;
    private final long[] dislikedByCategory;
    private final BitSet had = new BitSet();
    private long liked;
    private long disliked;

    Taste(Assortment assortment) {
        this.assortment = assortment;
        this.likedByCategory = new long[assortment.categoryCount()];
        this.dislikedByCategory = new long[assortment.categoryCount()];
    }

    /** The user likes the item, and so its kind. */
    public Taste likes(String item, int tenths) {
        int rank = assortment.rankOf(item);
        if (rank >= 0) {
            liked += tenths;
            add(likedByCategory, rank, tenths);
        }
        return this;
    }

    /** The user dislikes the item, and so its kind. */
    public Taste dislikes(String item, int tenths) {
        int rank = assortment.rankOf(item);
        if (rank >= 0) {
            disliked += tenths;
            add(dislikedByCategory, rank, tenths);
        }
        return this;
    }

    /** The user named the category: as good as having liked an item that has it alone. */
    public Taste prefers(String category) {
        int index = assortment.categoryIndex(category);
        if (index >= 0) {
            liked += WHOLE;
            likedByCategory[index] += WHOLE;
        }
        return this;
    }

    /** The user has had the item: it is not to be picked. */
    public Taste hasHad(String item) {
        int rank = assortment.rankOf(item);
        if (rank >= 0) {
            had.set(rank);
        }
        return this;
    }

    boolean hasHad(int rank) {
        return had.get(rank);
    }

    /** Whether nothing at all speaks for or against any category. */
    boolean isUnknown() {
        return liked == 0 && disliked == 0;
    }

    /** How much more of this category the user liked than expected, shrunk towards 1. */
    double likedLift(int category, double baseRate, double prior) {
        return lift(likedByCategory[category], liked, baseRate, prior);
    }

    double dislikedLift(int category, double baseRate, double prior) {
        return lift(dislikedByCategory[category], disliked, baseRate, prior);
    }

    private static double lift(long ofCategory, long all, double baseRate, double prior) {
        return ((double) ofCategory / WHOLE + prior) / ((double) all / WHOLE * baseRate + prior);
    }

    private void add(long[] byCategory, int rank, int tenths) {
        for (int category : assortment.categoriesOf(rank)) {
            byCategory[category] += tenths;
        }
    }
}

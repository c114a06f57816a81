package io.farandole.recommenders.linear;

/**
 * What item-item models learn from.
 *
 * @param byUser one row a user
 * @param byItem the same by items
 * @param inTime each user's items, the oldest first
 * @param content what is known of the items beside
 */
@SuppressWarnings(
        "ArrayRecordComponent") // matrices are never compared, and copying them would cost
public record Signals(
        WeightedRows byUser, WeightedRows byItem, int[][] inTime, ItemContent content) {

    public static Signals of(WeightedRows byUser, int[][] inTime) {
        return of(byUser, inTime, ItemContent.NONE);
    }

    public static Signals of(WeightedRows byUser, int[][] inTime, ItemContent content) {
        return new Signals(byUser, byUser.transposed(), inTime, content);
    }

    public int itemCount() {
        return byUser.columns();
    }

    /** Each user's sum to the power of −exponent; 0 for who has none. */
    double[] userFactors(double exponent) {
        return powers(byUser.sums(), -exponent);
    }

    /** Each item's sum to the power of −exponent; 0 for what nobody met. */
    double[] itemFactors(double exponent) {
        return powers(byItem.sums(), -exponent);
    }

    private static double[] powers(double[] sums, double exponent) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = sums[i] > 0 ? StrictMath.pow(sums[i], exponent) : 0;
        }
        return sums;
    }
}

package io.farandole.gateway.eligibility;

/**
 * What a person can spend, in cents: in all, and on each of two kinds of offers, which are capped.
 */
public record Purse(long all, long digital, long physical) {

    public static final Purse EMPTY = new Purse(0, 0, 0);

    boolean covers(int priceCents, boolean isDigital) {
        return priceCents <= Math.min(all, isDigital ? digital : physical);
    }
}

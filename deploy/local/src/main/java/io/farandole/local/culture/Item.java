package io.farandole.local.culture;

import java.util.List;

/**
 * A work: what its offers share.
 *
 * @param fame how much it is heard of, beside others
 * @param offers of which there is one at least
 */
record Item(
        String product,
        String title,
        Subcategory subcategory,
        String genre,
        double fame,
        List<Offer> offers) {}

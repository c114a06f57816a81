package io.farandole.recommenders.taste;

import java.util.List;

/**
 * An item picked for a user, and why.
 *
 * @param score its popularity part times its affinity part; only their order means anything
 * @param categories those of the item's categories that spoke for it, strongest first
 * @param popularityRank its place among all items by popularity alone, from 1
 * @param popularity its popularity as a part of the most popular item's, 0 to 1
 */
public record Pick(
        String item,
        double score,
        List<String> categories,
        int popularityRank,
        double popularity) {}

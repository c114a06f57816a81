package io.farandole.local.inspecting;

/**
 * What the read models hold, each counted by SQL in its own tables.
 *
 * @param catalogueItems films
 * @param profileItems what users have had: one row for each user and item
 * @param popularityRatings ratings as popularity counted them into its windows
 * @param lists users with a list
 */
public record ReadModelRows(
        long catalogueItems,
        long profileItems,
        long profileUsers,
        long popularityRatings,
        long lists) {}

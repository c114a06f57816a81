package io.farandole.recommenders.model;

import java.util.List;

/**
 * An item and how well it suits a user.
 *
 * @param score only the order within one model means anything
 * @param because the past items that spoke most for it, strongest first, at most three; empty where
 *     it is there for its popularity alone
 */
public record Scored(String item, double score, List<Contribution> because) {

    /**
     * A past item's part of a score.
     *
     * @param part what it added to the score, above 0
     */
    public record Contribution(String item, double part) {}

    public Scored {
        because = List.copyOf(because);
    }
}

package io.farandole.local.movielens;

import java.time.Instant;
import java.util.Comparator;

/** A line of ratings.csv. */
record Rating(int user, int movie, double stars, Instant at) {

    /** As it happened; what happened in the same second goes by user and movie. */
    static final Comparator<Rating> IN_TIME =
            Comparator.comparing(Rating::at)
                    .thenComparingInt(Rating::user)
                    .thenComparingInt(Rating::movie);
}

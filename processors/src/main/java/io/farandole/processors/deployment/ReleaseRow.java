package io.farandole.processors.deployment;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A release as it is kept.
 *
 * @param users who had a list when it was published; 0 before
 * @param items that have similar ones in it; 0 before
 * @param share of the users on whom it is or was tried, in percent; null if on nobody
 * @param wasServed whether anybody was ever served it
 */
record ReleaseRow(
        String release,
        String run,
        String model,
        String spec,
        Phase phase,
        int users,
        int items,
        @Nullable Integer share,
        boolean wasServed) {

    /** Its columns, in the order of its components. */
    static final String COLUMNS =
            """
            release, run, model, spec, phase, coalesce(users, 0), coalesce(items, 0), share,
            live_at is not null or canary_at is not null
            """;

    /** From being filled to being replaced. */
    enum Phase {
        LOADING,
        /** Served to a share of the users. */
        CANARY,
        /** Served to everybody, or to everybody else. */
        LIVE,
        /** Another one came in its place. */
        RETIRED,
        /** It was found wanting while it was served. */
        ROLLED_BACK,
        /** It was never loaded whole. */
        FAILED
    }

    static ReleaseRow of(ResultSet row) throws SQLException {
        return new ReleaseRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                Phase.valueOf(row.getString(5)),
                row.getInt(6),
                row.getInt(7),
                row.getObject(8, Integer.class),
                row.getBoolean(9));
    }
}

package io.farandole.processors.deployment;

import io.farandole.events.TrainingEvent.Approved;
import io.farandole.processors.steps.GivenUp;
import io.farandole.recommenders.model.Similar;
import io.farandole.recommenders.model.TrainedModel;
import io.farandole.streams.batch.PhaseLocks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The releases in Postgres, and the steps from one phase to the next. */
final class ReleaseTables {

    private static final String PERSONALISATION = "personalisation";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_SIMILAR = 50;

    private static final String OF_RUN =
            "select " + ReleaseRow.COLUMNS + " from deployment.releases where run = ?";
    private static final String TRIED =
            "select release || ' is tried on ' || share || ' % of the users' from deployment.releases"
                    + " where phase = 'CANARY'";
    private static final String SERVED =
            "select model from deployment.releases where phase = 'LIVE'";
    // One that was left half-way, by a run that gave up, keeps personalisation busy for nothing.
    private static final String GIVE_UP_OTHERS =
            "update deployment.releases set phase = 'FAILED' where phase = 'LOADING' and run <> ?";
    private static final String GIVE_UP =
            "update deployment.releases set phase = 'FAILED' where phase = 'LOADING' and release = ?";
    private static final String GIVE_UP_RUN =
            "update deployment.releases set phase = 'FAILED' where phase = 'LOADING' and run = ?";
    // Nothing was made since that this one would take the place of.
    private static final String LOAD_AGAIN =
            """
            update deployment.releases set phase = 'LOADING', loading_at = clock_timestamp()
            where run = ? and phase = 'FAILED'
              and number = (select max(number) from deployment.releases)
            """;
    private static final String FORGET_STAGED =
            """
            delete from deployment.staged_lists s using deployment.releases r
            where r.release = s.release and r.phase <> 'LOADING'
            """;
    private static final String LOAD =
            """
            insert into deployment.releases (release, number, run, model, spec, dataset, phase)
            select 'r' || next.number, next.number, ?, ?, ?, ?, 'LOADING'
            from (select coalesce(max(number), 0) + 1 as number from deployment.releases) next
            """;
    private static final String FORGET_SIMILAR =
            """
            delete from deployment.similar s using deployment.releases r
            where r.release = s.release and (r.release = ? or r.phase in ('RETIRED', 'ROLLED_BACK', 'FAILED'))
            """;
    private static final String MERGE = "select personalisation.merge_lists(?)";
    private static final String UNSTAGE = "delete from deployment.staged_lists where release = ?";
    private static final String RETIRE =
            """
            update deployment.releases set phase = 'RETIRED', retired_at = clock_timestamp()
            where phase = 'LIVE'
            """;
    private static final String LIVE =
            """
            update deployment.releases
            set phase = 'LIVE', live_at = clock_timestamp(), users = ?, items = ?
            where release = ? and phase = 'LOADING'
            """;
    private static final String CANARY =
            """
            update deployment.releases
            set phase = 'CANARY', canary_at = clock_timestamp(), users = ?, items = ?, share = ?
            where release = ? and phase = 'LOADING'
            """;
    static final String SERVE =
            """
            insert into deployment.serving_set as now (version, release) values (1, ?)
            on conflict (the_one) do update
              set version = now.version + 1, release = excluded.release, canary = null, share = 0
            """;
    private static final String TRY =
            """
            update deployment.serving_set set version = version + 1, canary = ?, share = ?
            """;

    private static final String SHARES =
            """
            select r.model, case r.release when s.canary then s.share else 100 - s.share end
            from deployment.serving_set s
            join deployment.releases r on r.release in (s.release, s.canary)
            order by r.number
            """;

    private final DataSource database;

    ReleaseTables(DataSource database) {
        this.database = database;
    }

    /**
     * The run's release; made, and loading, if there is none yet. Alone against personalisation's
     * batches: those before are committed and so in the histories that are read from now on, those
     * after write into the release themselves.
     *
     * @param dataset the fingerprint of the data that the model was trained on
     * @throws GivenUp if another model is served by now than the one it was compared with, if
     *     another release is being tried, or if one was made after this one failed
     */
    ReleaseRow load(Approved approved, String dataset) throws SQLException, GivenUp {
        String run = approved.run().value();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            alone(connection);
            ReleaseRow known = ofRun(connection, run);
            if (known == null) {
                requireServed(connection, approved.incumbent());
                requireNoneTried(connection);
                update(connection, GIVE_UP_OTHERS, run);
                update(connection, LOAD, run, approved.model(), approved.spec(), dataset);
            } else if (known.phase() == ReleaseRow.Phase.FAILED
                    && update(connection, LOAD_AGAIN, run) == 0) {
                throw new GivenUp(
                        "release "
                                + known.release()
                                + " was given up: another one was made after it");
            }
            update(connection, FORGET_STAGED);
            ReleaseRow row = required(connection, run);
            connection.commit();
            return row;
        }
    }

    /** Which models are served, and to how many; none before the first release. */
    List<Served> served() throws SQLException {
        List<Served> served = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(SHARES);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                served.add(new Served(rows.getString(1), rows.getInt(2)));
            }
        }
        return served;
    }

    /**
     * Whether {@link #load} would be followed by something to load.
     *
     * @throws GivenUp as there
     */
    boolean isToBeLoaded(Approved approved) throws SQLException, GivenUp {
        try (Connection connection = database.getConnection()) {
            ReleaseRow known = ofRun(connection, approved.run().value());
            if (known != null) {
                return known.phase() == ReleaseRow.Phase.LOADING
                        || known.phase() == ReleaseRow.Phase.FAILED;
            }
            requireServed(connection, approved.incumbent());
            requireNoneTried(connection);
            return true;
        }
    }

    /** Whoever loads it next begins anew; until then nobody writes lists for it. */
    void giveUp(String release) throws SQLException {
        try (Connection connection = database.getConnection()) {
            update(connection, GIVE_UP, release);
        }
    }

    /** As {@link #giveUp}, if the run has a release that is loading. */
    void giveUpRun(String run) throws SQLException {
        try (Connection connection = database.getConnection()) {
            update(connection, GIVE_UP_RUN, run);
        }
    }

    /** Says how many items have similar ones. */
    int stageSimilar(String release, TrainedModel trained) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            update(connection, FORGET_SIMILAR, release);
            int items = 0;
            try (CopyIn copy =
                    CopyIn.to(
                            connection,
                            "deployment.similar (release, item, place, \"similar\", score)")) {
                for (String item : trained.items()) {
                    List<Similar> similar = trained.similar(item, MOST_SIMILAR);
                    int place = 1;
                    for (Similar one : similar) {
                        copy.row(release, item, place++, one.item(), (float) one.score());
                    }
                    items += similar.isEmpty() ? 0 : 1;
                }
            }
            connection.commit();
            return items;
        }
    }

    /**
     * Everything at once: the lists are among the others, and the release is served. To everybody,
     * and the former to nobody; or to a share of the users, if there is one that the others are
     * served.
     */
    ReleaseRow publish(ReleaseRow loading, Filled filled, DeploymentSettings settings)
            throws SQLException {
        String release = loading.release();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            alone(connection);
            merge(connection, release);
            boolean isFirst = text(connection, SERVED) == null;
            if (isFirst || !settings.isTriedFirst()) {
                update(connection, RETIRE);
                requireOne(
                        release, update(connection, LIVE, filled.users(), filled.items(), release));
                update(connection, SERVE, release);
            } else {
                int share = settings.canaryShare();
                requireOne(
                        release,
                        update(connection, CANARY, filled.users(), filled.items(), share, release));
                update(connection, TRY, release, share);
            }
            ReleaseRow published = required(connection, loading.run());
            connection.commit();
            return published;
        }
    }

    /** Puts the lists that were made aside among those that are served. */
    static void merge(Connection connection, String release) throws SQLException {
        try (PreparedStatement merge = connection.prepareStatement(MERGE)) {
            merge.setString(1, release);
            merge.execute();
        }
        update(connection, UNSTAGE, release);
    }

    /** Takes the lock under which what is served may change, until the transaction ends. */
    static void alone(Connection connection) throws SQLException {
        PhaseLocks.alone(connection, PERSONALISATION, PATIENCE);
    }

    private static void requireOne(String release, int rows) {
        if (rows != 1) {
            throw new IllegalStateException(
                    "release "
                            + release
                            + " was given up meanwhile: a later run is being released");
        }
    }

    private static void requireNoneTried(Connection connection) throws SQLException, GivenUp {
        String tried = text(connection, TRIED);
        if (tried != null) {
            throw new GivenUp(
                    tried + ": it has to be promoted or rolled back before another is released");
        }
    }

    private static void requireServed(Connection connection, @Nullable String incumbent)
            throws SQLException, GivenUp {
        String served = text(connection, SERVED);
        if (!Objects.equals(served, incumbent)) {
            throw new GivenUp(
                    "it was compared with "
                            + (incumbent == null ? "no model" : incumbent)
                            + ", but "
                            + (served == null ? "none" : served)
                            + " is served by now");
        }
    }

    private static ReleaseRow required(Connection connection, String run) throws SQLException {
        ReleaseRow row = ofRun(connection, run);
        if (row == null) {
            throw new IllegalStateException("the release of run " + run + " was not made");
        }
        return row;
    }

    private static @Nullable ReleaseRow ofRun(Connection connection, String run)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(OF_RUN)) {
            select.setString(1, run);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? ReleaseRow.of(rows) : null;
            }
        }
    }

    static @Nullable String text(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    static int update(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }
}

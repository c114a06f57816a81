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
            """
            select release, model, spec, phase, coalesce(users, 0), coalesce(items, 0)
            from deployment.releases where run = ?
            """;
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
            where r.release = s.release and (r.release = ? or r.phase in ('RETIRED', 'FAILED'))
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
    private static final String SERVE =
            """
            insert into deployment.serving_set as now (version, release) values (1, ?)
            on conflict (the_one) do update
              set version = now.version + 1, release = excluded.release
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
     * @throws GivenUp if another model is served by now than the one it was compared with, or if
     *     another release was made after this one failed
     */
    ReleaseRow load(Approved approved, String dataset) throws SQLException, GivenUp {
        String run = approved.run().value();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            PhaseLocks.alone(connection, PERSONALISATION, PATIENCE);
            ReleaseRow known = ofRun(connection, run);
            if (known == null) {
                requireServed(connection, approved.incumbent());
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
     * Everything at once: the lists are among the others, the release is served, the former not.
     */
    ReleaseRow goLive(ReleaseRow loading, int users, int items) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            PhaseLocks.alone(connection, PERSONALISATION, PATIENCE);
            try (PreparedStatement merge = connection.prepareStatement(MERGE)) {
                merge.setString(1, loading.release());
                merge.execute();
            }
            update(connection, UNSTAGE, loading.release());
            update(connection, RETIRE);
            if (update(connection, LIVE, users, items, loading.release()) != 1) {
                throw new IllegalStateException(
                        "release "
                                + loading.release()
                                + " was given up meanwhile: a later run is being released");
            }
            update(connection, SERVE, loading.release());
            connection.commit();
        }
        return new ReleaseRow(
                loading.release(),
                loading.model(),
                loading.spec(),
                ReleaseRow.Phase.LIVE,
                users,
                items);
    }

    private static void requireServed(Connection connection, @Nullable String incumbent)
            throws SQLException, GivenUp {
        try (PreparedStatement select = connection.prepareStatement(SERVED);
                ResultSet rows = select.executeQuery()) {
            String served = rows.next() ? rows.getString(1) : null;
            if (!Objects.equals(served, incumbent)) {
                throw new GivenUp(
                        "it was compared with "
                                + (incumbent == null ? "no model" : incumbent)
                                + ", but "
                                + (served == null ? "none" : served)
                                + " is served by now");
            }
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
                if (!rows.next()) {
                    return null;
                }
                return new ReleaseRow(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        ReleaseRow.Phase.valueOf(rows.getString(4)),
                        rows.getInt(5),
                        rows.getInt(6));
            }
        }
    }

    private static int update(Connection connection, String sql, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }
}

package io.farandole.processors.deployment;

import io.farandole.processors.deployment.ReleaseRow.Phase;
import io.farandole.processors.deployment.Switched.Outcome;
import io.farandole.processors.steps.GivenUp;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Which release is served, changed: each change in one transaction with the record of who wanted
 * it, alone against personalisation's batches.
 */
final class SwitchTables {

    private static final String SELECT =
            "select " + ReleaseRow.COLUMNS + " from deployment.releases ";
    private static final String NAMED = SELECT + "where release = ?";
    private static final String BEFORE =
            SELECT
                    + """
                    where phase in ('RETIRED', 'LOADING') and live_at is not null
                      and model_deleted_at is null
                    order by live_at desc limit 1
                    """;
    private static final String SERVED =
            "select release from deployment.releases where phase = 'LIVE'";
    private static final String IN_BETWEEN =
            """
            select release || case phase when 'CANARY' then ' is tried on ' || share || ' % of the users'
                                         else ' is being loaded' end
            from deployment.releases where phase = 'CANARY' or phase = 'LOADING' and release <> ?
            """;
    private static final String LOAD =
            """
            update deployment.releases set phase = 'LOADING', loading_at = clock_timestamp()
            where release = ? and phase in ('RETIRED', 'ROLLED_BACK', 'FAILED', 'LOADING')
              and model_deleted_at is null
            """;
    private static final String LOAD_NO_MORE =
            """
            update deployment.releases
            set phase = case when rolled_back_at is null then 'RETIRED' else 'ROLLED_BACK' end
            where phase = 'LOADING' and (live_at is not null or canary_at is not null)
            """;
    private static final String LEAVE =
            """
            update deployment.releases
            set phase = ?, retired_at = clock_timestamp(),
                rolled_back_at = case ? when 'ROLLED_BACK' then clock_timestamp() end
            where release = ? and phase in ('LIVE', 'CANARY')
            """;
    private static final String LIVE =
            """
            update deployment.releases
            set phase = 'LIVE', live_at = clock_timestamp(), rolled_back_at = null,
                users = coalesce(?, users), items = coalesce(?, items)
            where release = ? and phase = ?
            """;
    private static final String TRY_NO_MORE =
            "update deployment.serving_set set version = version + 1, canary = null, share = 0";
    private static final String RECORD =
            """
            insert into deployment.switches
              (command, run, release, model, outcome, other, asked_by, reasons)
            values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (command) do nothing
            """;
    private static final String RECORDED =
            "select outcome, model, other, reasons from deployment.switches where command = ?";

    private final DataSource database;

    SwitchTables(DataSource database) {
        this.database = database;
    }

    /** What became of it, if it was decided already. */
    Optional<Switched> recorded(Command command) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(RECORDED)) {
            select.setString(1, command.id());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(
                                new Switched(
                                        command,
                                        Outcome.valueOf(rows.getString(1)),
                                        rows.getString(2),
                                        rows.getString(3),
                                        List.of((String[]) rows.getArray(4).getArray())))
                        : Optional.empty();
            }
        }
    }

    Optional<ReleaseRow> named(String release) throws SQLException {
        return row(NAMED, release);
    }

    /** The release that was served to everybody last, save the one that is now. */
    Optional<ReleaseRow> before() throws SQLException {
        return row(BEFORE);
    }

    /** A command that was decided meanwhile stays as it was decided. */
    Switched refuse(Command command, String reason) throws SQLException {
        try (Connection connection = database.getConnection()) {
            record(connection, Switched.refused(command, reason));
        }
        return recorded(command).orElseThrow();
    }

    /**
     * The canary is served to everybody.
     *
     * @throws GivenUp if it is no canary any more
     */
    Switched promoteCanary(Command command, ReleaseRow canary) throws SQLException, GivenUp {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            ReleaseTables.alone(connection);
            String former = ReleaseTables.text(connection, SERVED);
            if (former != null) {
                leave(connection, former, Phase.RETIRED);
            }
            goLive(connection, canary, Phase.CANARY, null);
            Switched switched =
                    new Switched(
                            command, Outcome.PROMOTED, canary.model(), former, command.reasons());
            record(connection, switched);
            connection.commit();
            return switched;
        }
    }

    /**
     * The canary is served to nobody.
     *
     * @throws GivenUp if it is no canary any more
     */
    Switched rollBackCanary(Command command, ReleaseRow canary) throws SQLException, GivenUp {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            ReleaseTables.alone(connection);
            leave(connection, canary.release(), Phase.ROLLED_BACK);
            ReleaseTables.update(connection, TRY_NO_MORE);
            Switched switched =
                    new Switched(
                            command,
                            Outcome.ROLLED_BACK,
                            canary.model(),
                            Objects.requireNonNull(ReleaseTables.text(connection, SERVED)),
                            command.reasons());
            record(connection, switched);
            connection.commit();
            return switched;
        }
    }

    /**
     * From now on personalisation writes lists in a release again that it wrote none in.
     *
     * @throws GivenUp if another one is tried or loaded, or if its model is gone
     */
    void load(ReleaseRow release) throws SQLException, GivenUp {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            ReleaseTables.alone(connection);
            String other = text(connection, IN_BETWEEN, release.release());
            if (other != null) {
                throw new GivenUp(other + ": promote it or roll it back first");
            }
            if (ReleaseTables.update(connection, LOAD, release.release()) != 1) {
                throw new GivenUp(
                        release.release() + " cannot be loaded: its model was deleted meanwhile");
            }
            connection.commit();
        }
    }

    /** Whatever was loaded again, and did not come to it, is what it was. */
    void loadNoMore() throws SQLException {
        try (Connection connection = database.getConnection()) {
            ReleaseTables.update(connection, LOAD_NO_MORE);
        }
    }

    /**
     * A release that was loaded again is served to everybody.
     *
     * @throws GivenUp if it is not loading any more
     */
    Switched bringBack(Command command, ReleaseRow loaded, Filled filled)
            throws SQLException, GivenUp {
        boolean isRollback = command.kind() == Command.Kind.ROLL_BACK;
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            ReleaseTables.alone(connection);
            ReleaseTables.merge(connection, loaded.release());
            String former = ReleaseTables.text(connection, SERVED);
            String model = loaded.model();
            if (isRollback) {
                if (former == null || !command.release().equals(former)) {
                    throw new GivenUp(command.release() + " is not served any more");
                }
                model = rowOf(connection, former).model();
            }
            if (former != null) {
                leave(connection, former, isRollback ? Phase.ROLLED_BACK : Phase.RETIRED);
            }
            goLive(connection, loaded, Phase.LOADING, filled);
            Switched switched =
                    new Switched(
                            command,
                            isRollback ? Outcome.ROLLED_BACK : Outcome.PROMOTED,
                            model,
                            isRollback ? loaded.release() : former,
                            command.reasons());
            record(connection, switched);
            connection.commit();
            return switched;
        }
    }

    private static void leave(Connection connection, String release, Phase phase)
            throws SQLException, GivenUp {
        if (ReleaseTables.update(connection, LEAVE, phase.name(), phase.name(), release) != 1) {
            throw new GivenUp(release + " is not served any more");
        }
    }

    private static void goLive(
            Connection connection, ReleaseRow release, Phase from, @Nullable Filled filled)
            throws SQLException, GivenUp {
        int changed =
                ReleaseTables.update(
                        connection,
                        LIVE,
                        filled == null ? release.users() : filled.users(),
                        filled == null ? release.items() : filled.items(),
                        release.release(),
                        from.name());
        if (changed != 1) {
            throw new GivenUp(release.release() + " was promoted or given up meanwhile");
        }
        ReleaseTables.update(connection, ReleaseTables.SERVE, release.release());
    }

    private static void record(Connection connection, Switched switched) throws SQLException {
        Command command = switched.command();
        ReleaseTables.update(
                connection,
                RECORD,
                command.id(),
                command.run().value(),
                command.release(),
                switched.model(),
                switched.outcome().name(),
                switched.other(),
                command.by(),
                connection.createArrayOf("text", switched.reasons().toArray()));
    }

    private Optional<ReleaseRow> row(String sql, Object... parameters) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return row(connection, sql, parameters);
        }
    }

    private static ReleaseRow rowOf(Connection connection, String release) throws SQLException {
        return row(connection, NAMED, release).orElseThrow();
    }

    private static Optional<ReleaseRow> row(Connection connection, String sql, Object... parameters)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(ReleaseRow.of(rows)) : Optional.empty();
            }
        }
    }

    private static @Nullable String text(Connection connection, String sql, String parameter)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, parameter);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }
}

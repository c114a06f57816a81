package io.farandole.orchestrator.models;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads releases, and what was switched by whom, as deployment keeps them. */
public final class ReadingModels {

    private static final String RELEASES =
            """
            select r.release, r.run, r.model, r.spec, r.phase,
                   case r.phase when 'CANARY' then s.share when 'LIVE' then 100 - s.share else 0 end
                     as share,
                   r.dataset, coalesce(r.users, 0) as users, coalesce(r.items, 0) as items,
                   case r.phase when 'LIVE' then r.live_at when 'CANARY' then r.canary_at
                                when 'LOADING' then r.loading_at
                                else coalesce(r.retired_at, r.loading_at) end as since,
                   r.model_deleted_at is null as kept
            from deployment.releases r left join deployment.serving_set s on true
            """;
    private static final String SWITCHES =
            """
            select at, release, outcome, other, asked_by, reasons from deployment.switches
            """;
    // The same hash by which the lists are served.
    private static final String SERVED_TO =
            """
            select case when deployment.place_of(:user, s.canary) < s.share then s.canary
                        else s.release end
            from deployment.serving_set s
            """;

    private final JdbcClient database;

    public ReadingModels(JdbcClient database) {
        this.database = database;
    }

    /** All releases, the newest first. */
    public List<ReleasedModel> releases() {
        return database.sql(RELEASES + "order by r.number desc")
                .query((row, _) -> release(row))
                .list();
    }

    public Optional<ReleasedModel> release(String name) {
        return database.sql(RELEASES + "where r.release = :release")
                .param("release", name)
                .query((row, _) -> release(row))
                .optional();
    }

    /** The release that a user is served; empty before the first one. */
    public Optional<String> servedTo(String user) {
        return database.sql(SERVED_TO).param("user", user).query(String.class).optional();
    }

    /** What was asked for of a release, or brought it back, the first first. */
    public List<SwitchedRelease> switchesOf(String release) {
        return database.sql(SWITCHES + "where release = :release or other = :release order by at")
                .param("release", release)
                .query((row, _) -> switched(row))
                .list();
    }

    /** What became of the event with this id, once that is decided. */
    public Optional<SwitchedRelease> outcomeOf(UUID command) {
        return database.sql(SWITCHES + "where command = :command")
                .param("command", command.toString())
                .query((row, _) -> switched(row))
                .optional();
    }

    private static ReleasedModel release(ResultSet row) throws SQLException {
        return new ReleasedModel(
                row.getString("release"),
                row.getString("run"),
                row.getString("model"),
                row.getString("spec"),
                row.getString("phase"),
                row.getInt("share"),
                row.getString("dataset"),
                row.getInt("users"),
                row.getInt("items"),
                instant(row, "since"),
                row.getBoolean("kept"));
    }

    private static SwitchedRelease switched(ResultSet row) throws SQLException {
        return new SwitchedRelease(
                instant(row, "at"),
                row.getString("release"),
                row.getString("outcome"),
                row.getString("other"),
                row.getString("asked_by"),
                List.of((String[]) row.getArray("reasons").getArray()));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}

package io.farandole.orchestrator.ticking;

import io.farandole.streams.migrating.Migrating;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Up to when each schedule's ticks were sent, across restarts: table {@code ticking.schedule}. */
final class ReachedTimes {

    private static final String SCHEMA = "ticking";

    // A schedule that was never seen begins now: nothing was missed.
    private static final String BEGIN =
            "insert into ticking.schedule (name, reached) values (?, ?) on conflict do nothing";
    private static final String REACHED = "select reached from ticking.schedule where name = ?";
    private static final String ADVANCE =
            "update ticking.schedule set reached = greatest(reached, ?) where name = ?";

    private final JdbcClient database;

    /** Makes and migrates the schema, whose history is kept in it. */
    ReachedTimes(DataSource database) {
        Migrating.migrate(
                database, SCHEMA, ReachedTimes.class, "io/farandole/orchestrator/ticking/schema");
        this.database = JdbcClient.create(database);
    }

    Instant of(String schedule, Instant now) {
        int _ = database.sql(BEGIN).param(schedule).param(time(now)).update();
        return database.sql(REACHED)
                .param(schedule)
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
    }

    void advance(String schedule, Instant reached) {
        int _ = database.sql(ADVANCE).param(time(reached)).param(schedule).update();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}

package io.farandole.orchestrator.runs;

import io.farandole.events.RunId;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads runs as they are now. Whether one is stalled depends on when it is asked, so nothing of it
 * is kept. Its records are written as JSON as they are.
 */
public final class ReadingRuns {

    private static final String RUNS =
            """
            select r.value::text from runs.runs r
            join streams.generation g on g.id = r.generation
            where g.phase = 'ACTIVE'
            """;
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final JdbcClient database;
    private final Deadlines deadlines;
    private final Clock clock;

    public ReadingRuns(JdbcClient database, Deadlines deadlines, Clock clock) {
        this.database = database;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** With the deadlines that this environment sets, for those who read without a context. */
    public static ReadingRuns in(Environment environment, JdbcClient database, Clock clock) {
        return new ReadingRuns(
                database,
                Binder.get(environment)
                        .bindOrCreate(RunsSettings.PREFIX, RunsSettings.class)
                        .deadlines(),
                clock);
    }

    /** All runs, the one that began last first. */
    public List<RunSummary> list() {
        Instant now = clock.instant();
        return database.sql(RUNS).query((row, _) -> run(row.getString(1))).list().stream()
                .map(run -> RunSummary.of(run, deadlines, now))
                .sorted(
                        Comparator.comparing(RunSummary::started)
                                .thenComparing(summary -> summary.run().value())
                                .reversed())
                .toList();
    }

    /** One run with all that is known of it, if anything was heard of it. */
    public Optional<RunDetails> one(RunId run) {
        return database.sql(RUNS + " and r.key = ?")
                .param(run.value())
                .query((row, _) -> run(row.getString(1)))
                .optional()
                .map(found -> RunDetails.of(found, deadlines, clock.instant()));
    }

    private static Run run(String json) {
        return JSON.readValue(json, Run.class);
    }
}

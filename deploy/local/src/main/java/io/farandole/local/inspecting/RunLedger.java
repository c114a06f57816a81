package io.farandole.local.inspecting;

import com.google.common.base.Throwables;
import io.farandole.events.RunId;
import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import io.farandole.local.console.Took;
import io.farandole.orchestrator.runs.Awaited;
import io.farandole.orchestrator.runs.ReadingRuns;
import io.farandole.orchestrator.runs.RunState;
import io.farandole.orchestrator.runs.RunSummary;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.env.StandardEnvironment;

/** The runs of a running installation, and how they are told to people. */
public final class RunLedger {

    static final String NOTHING = "–";

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private RunLedger() {}

    /**
     * Reads with the deadlines that the environment and the system properties set here.
     *
     * @throws Failure if one of them is no deadline
     */
    public static ReadingRuns in(Tables tables) {
        try {
            return ReadingRuns.in(new StandardEnvironment(), tables.client(), Clock.systemUTC());
        } catch (BindException e) {
            throw new Failure(
                    ExitCode.FAILED, String.valueOf(Throwables.getRootCause(e).getMessage()), e);
        }
    }

    /** Everything about one run, if it was heard of. */
    public static Optional<RunReport> one(Tables tables, RunId run) {
        return in(tables).one(run).map(RunReport::new);
    }

    /** A line a run. */
    public static void say(List<RunSummary> runs, Console console) {
        Table table =
                new Table("run", "state", "asked for by", "model", "started", "took", "awaits");
        for (RunSummary run : runs) {
            table.row(
                    run.run(),
                    run.state(),
                    Optional.ofNullable(run.by()).orElse(NOTHING),
                    Optional.ofNullable(run.model()).orElse(NOTHING),
                    time(run.started()),
                    Took.text(run.seconds()),
                    awaits(run, Instant.now()));
        }
        console.say(table);
        for (RunSummary run : runs) {
            if (run.why() != null) {
                console.say(run.run() + " was asked for because: " + run.why());
            }
        }
    }

    /** The steps whose turn it is; of a stalled run those that are silent for too long. */
    static String awaits(RunSummary run, Instant now) {
        if (run.awaited().isEmpty()) {
            return NOTHING;
        }
        return run.awaited().stream()
                .filter(awaited -> awaited.overdue() || run.state() != RunState.STALLED)
                .map(awaited -> text(awaited, now))
                .collect(Collectors.joining("; "));
    }

    static String time(Instant time) {
        return SECOND.format(time);
    }

    private static String text(Awaited awaited, Instant now) {
        String since = awaited.step() + " since " + time(awaited.since());
        return awaited.overdue()
                ? since
                        + ": silent for "
                        + Took.text((double) Duration.between(awaited.since(), now).toSeconds())
                        + ", "
                        + Took.text(awaited.deadlineSeconds())
                        + " were expected to do"
                : since;
    }
}

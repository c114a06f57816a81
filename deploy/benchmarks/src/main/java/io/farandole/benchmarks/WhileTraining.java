package io.farandole.benchmarks;

import io.farandole.benchmarks.report.Figure;
import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.report.Row;
import io.farandole.events.RunId;
import io.farandole.local.asking.Answer;
import io.farandole.local.asking.Api;
import io.farandole.local.inspecting.AskingForTraining;
import io.farandole.local.inspecting.RunLedger;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.running.RunningInstance;
import io.farandole.orchestrator.runs.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * How fast lists of the released model are while the next one is cut out, trained and judged:
 * beside the same lists while nothing is. In an open loop: each is timed from when it was due.
 */
final class WhileTraining {

    private static final int PER_SECOND = 50;
    private static final int PLACES = 20;

    private final RunningInstance running;
    private final Duration atRest;
    private final Findings findings;

    /**
     * @param atRest how long lists are asked for with nothing beside
     */
    WhileTraining(RunningInstance running, Duration atRest, Findings findings) {
        this.running = running;
        this.atRest = atRest;
        this.findings = findings;
    }

    void measure() throws InterruptedException {
        try (Tables tables = Tables.in(running.directory());
                Api api = new Api(running.ports())) {
            List<String> users = users(tables);
            List<Double> quiet = asked(api, users, over(atRest));
            RunId run = AskingForTraining.on(running, List.of());
            findings.say("Asking for lists while a model is trained: " + run);
            long begin = System.nanoTime();
            List<Double> busy = asked(api, users, () -> state(tables, run) == RunState.RUNNING);
            findings.note(
                    String.format(
                            Locale.ROOT,
                            "Lists were asked for %d times a second for %.0f s while %s was cut out,"
                                    + " trained and judged, which ended %s: %,d lists.",
                            PER_SECOND,
                            (System.nanoTime() - begin) / 1e9,
                            run,
                            state(tables, run),
                            busy.size()));
            tell("while none is trained", quiet);
            tell("while a model is trained", busy);
        }
    }

    private void tell(String when, List<Double> millis) {
        for (double share : List.of(0.50, 0.99)) {
            findings.row(
                    Row.of(
                            String.format(Locale.ROOT, "lists %s, p%.0f", when, 100 * share),
                            "ms",
                            List.of(Figure.at(millis, share))));
        }
    }

    private static BooleanSupplier over(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return () -> System.nanoTime() < end;
    }

    private static RunState state(Tables tables, RunId run) {
        // It is in the ledger as soon as the request was heard.
        return RunLedger.in(tables)
                .one(run)
                .map(details -> details.summary().state())
                .orElse(RunState.RUNNING);
    }

    /** Milliseconds of each list that was due while it lasted. */
    private List<Double> asked(Api api, List<String> users, BooleanSupplier lasts)
            throws InterruptedException {
        List<Future<Double>> lists = new ArrayList<>();
        try (ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
            long begin = System.nanoTime();
            for (int number = 0; number % PER_SECOND != 0 || lasts.getAsBoolean(); number++) {
                long due = begin + number * 1_000_000_000L / PER_SECOND;
                Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                String user = users.get(number % users.size());
                lists.add(asking.submit(() -> millis(api, user, due)));
            }
        }
        List<Double> millis = new ArrayList<>();
        for (Future<Double> list : lists) {
            try {
                millis.add(list.get());
            } catch (ExecutionException e) {
                findings.flaw("a list was not answered as it should be: " + e.getCause());
            }
        }
        return millis;
    }

    private static double millis(Api api, String user, long due) {
        Answer answer = api.recommendations(user, PLACES);
        double took = (System.nanoTime() - due) / 1e6;
        String origin = answer.body().path("params").path("origin").asString("");
        if (!answer.isOk() || !origin.equals("model")) {
            throw new IllegalStateException(
                    "status " + answer.status() + ", from " + origin + ", for user " + user);
        }
        return took;
    }

    private static List<String> users(Tables tables) {
        return tables.client()
                .sql("select key from personalisation.served order by key")
                .query((row, _) -> row.getString(1))
                .list();
    }
}

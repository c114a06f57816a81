package io.farandole.local.demo;

import io.farandole.events.RunId;
import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.console.Progress;
import io.farandole.local.inspecting.AskingForTraining;
import io.farandole.local.inspecting.RunLedger;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.running.AllInOne;
import io.farandole.local.running.RunningInstance;
import io.farandole.orchestrator.runs.Happening;
import io.farandole.orchestrator.runs.ReadingRuns;
import io.farandole.orchestrator.runs.RunDetails;
import io.farandole.orchestrator.runs.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks for a model, as an operator would, and follows its life until it is served, or is not. */
final class ModelLife {

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Console console;
    private final AllInOne all;
    private final ReadingRuns runs;

    ModelLife(Console console, AllInOne all, Tables tables) {
        this.console = console;
        this.all = all;
        this.runs = RunLedger.in(tables);
    }

    /**
     * How it ended.
     *
     * @throws Failure if it has not ended for ten minutes
     */
    RunDetails live() throws InterruptedException {
        RunId run = AskingForTraining.on(RunningInstance.find(all.directory().path()), List.of());
        console.say("Training a model, judging it, releasing it: " + run);
        try (Progress _ = console.progress(_ -> line(run))) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() - deadline < 0) {
                Optional<RunDetails> now = runs.one(run).filter(ModelLife::hasEnded);
                if (now.isPresent()) {
                    return now.get();
                }
                Thread.sleep(PAUSE);
            }
        }
        throw new Failure(
                ExitCode.FAILED,
                run + " has not ended for " + PATIENCE.toMinutes() + " minutes: " + line(run));
    }

    private String line(RunId run) {
        return runs.one(run)
                .map(RunDetails::timeline)
                .filter(timeline -> !timeline.isEmpty())
                .map(List::getLast)
                .map(ModelLife::text)
                .orElse("requested");
    }

    private static String text(Happening last) {
        return last.step() + ": " + last.kind() + " · " + last.summary();
    }

    private static boolean hasEnded(RunDetails run) {
        return run.summary().state() != RunState.RUNNING
                && run.summary().state() != RunState.STALLED;
    }
}

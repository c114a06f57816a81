package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.console.Progress;
import io.farandole.local.running.DataDirectory;
import io.farandole.local.running.RunningInstance;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Stops what {@code up} started. */
@Command(
        name = "down",
        description = {
            "Stop what runs in .farandole of the current directory, or in --data: finish batches in"
                    + " flight, then end.",
            "The data of up stay; a demonstration deletes its own."
        },
        exitCodeList = {"0:stopped", "1:did not stop in time", "4:nothing was running"},
        footer = {"  farandole down", "  farandole down --data /var/tmp/farandole"})
final class DownCommand extends Subcommand {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(100);

    @Override
    ExitCode run() throws Exception {
        Console console = shared().console();
        Optional<RunningInstance> found = shared().search();
        if (found.isEmpty()) {
            console.say("Nothing was running in " + shared().directory() + ".");
            console.result(Map.of("stopped", false));
            return ExitCode.NOT_RUNNING;
        }
        stop(found.get(), console);
        console.say("Stopped. " + whatStays(found.get().directory()));
        console.result(Map.of("stopped", true, "pid", found.get().instance().pid()));
        return ExitCode.OK;
    }

    private static void stop(RunningInstance running, Console console) throws InterruptedException {
        ProcessHandle process =
                running.instance()
                        .process()
                        .orElseThrow(() -> new Failure(ExitCode.NOT_RUNNING, "It ended just now."));
        process.destroy();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Progress _ = console.progress(_ -> "stopping process " + process.pid())) {
            // Not the process's own word: where nobody asks how it ended, it never seems to.
            while (running.instance().process().isPresent() && System.nanoTime() < deadline) {
                Thread.sleep(PAUSE);
            }
        }
        if (running.instance().process().isPresent()) {
            throw new Failure(
                    ExitCode.FAILED,
                    "Process "
                            + process.pid()
                            + " has not ended after "
                            + PATIENCE.toSeconds()
                            + " s. See "
                            + running.directory().logFile()
                            + "; kill -9 "
                            + process.pid()
                            + " loses nothing that was acknowledged.");
        }
    }

    private static String whatStays(DataDirectory directory) {
        if (!directory.isDemonstration()) {
            return "The data stay in " + directory + ".";
        }
        return Files.exists(directory.path())
                ? "The demonstration left its directory: " + directory
                : "The demonstration's directory is deleted.";
    }
}

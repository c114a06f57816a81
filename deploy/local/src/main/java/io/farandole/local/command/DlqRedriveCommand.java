package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.console.Progress;
import io.farandole.local.inspecting.DeadLetterWords;
import io.farandole.local.inspecting.Redriving;
import io.farandole.local.inspecting.Tables;
import io.farandole.streams.deadletters.DeadLetter;
import io.farandole.streams.deadletters.DeadLetterFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Has what was put aside tried again. */
@Command(
        name = "redrive",
        description = {
            "Have what was put aside folded again, by the processor that runs, in the order of its key."
                    + " What fails again is put aside again, with one attempt more.",
            "Say which with --id, with --fingerprint, or with --processor and what narrows it down. What"
                    + " is older than the horizon, and may have been applied, has to be named with --id"
                    + " or --cause."
        },
        exitCodeList = {
            "0:all of them are applied; with --no-wait, they are marked; with --dry-run, there are"
                    + " some",
            "1:some are not applied, or there are none that are meant",
            "4:nothing is running"
        },
        footer = {
            "  farandole dlq redrive --id 17",
            "  farandole dlq redrive --fingerprint 3f2a9c1b7d04",
            "  farandole dlq redrive --processor profile --cause poison --key user:42 --dry-run"
        })
final class DlqRedriveCommand extends Subcommand {

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "The one of this number; may be repeated.")
    private List<Long> ids = new ArrayList<>();

    @Option(
            names = "--fingerprint",
            paramLabel = "F",
            description = "Those with the same trouble, as farandole dlq list says it.")
    private @Nullable String fingerprint;

    @Mixin private final DeadLetterOptions which = new DeadLetterOptions();

    @Option(names = "--dry-run", description = "Only list what would be tried again.")
    private boolean dryRun;

    @Option(names = "--no-wait", description = "End when they are marked, before they are tried.")
    private boolean noWait;

    @Override
    ExitCode run() throws Exception {
        Console console = shared().console();
        DeadLetterFilter filter = filter();
        try (Tables tables = Tables.in(shared().running().directory())) {
            List<DeadLetter> meant = tables.deadLetters().redrivable(filter);
            if (meant.isEmpty()) {
                throw new Failure(
                        ExitCode.FAILED,
                        "No open dead letter is meant by this. See: farandole dlq list");
            }
            if (dryRun) {
                DeadLetterWords.say(meant, console);
                console.say(
                        "Nothing was done; without --dry-run these "
                                + meant.size()
                                + " would be tried again.");
                console.result(Redriving.Result.planned(meant));
                return ExitCode.OK;
            }
            return redrive(new Redriving(tables.deadLetters(), meant), console);
        }
    }

    private ExitCode redrive(Redriving redriving, Console console) throws InterruptedException {
        redriving.mark();
        if (noWait) {
            console.say("Marked " + redriving.meant() + ": the processors try them again now.");
            console.result(redriving.result());
            return ExitCode.OK;
        }
        try (Progress _ = console.progress(_ -> redriving.progress())) {
            redriving.await();
        }
        Redriving.Result result = redriving.result();
        console.say(
                "Applied "
                        + result.applied()
                        + " of "
                        + result.meant()
                        + (result.left().isEmpty() ? "." : "; put aside still or again:"));
        if (!result.left().isEmpty()) {
            DeadLetterWords.say(result.left(), console);
        }
        console.result(result);
        return result.left().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private DeadLetterFilter filter() {
        boolean narrowed = which.topic != null || which.cause != null || which.key != null;
        int ways = (ids.isEmpty() ? 0 : 1) + (fingerprint == null ? 0 : 1);
        if (ways + (which.processor == null ? 0 : 1) != 1) {
            throw wrong("Say which: one of --id, --fingerprint and --processor.");
        }
        if (narrowed && which.processor == null) {
            throw wrong("--topic, --cause and --key narrow down --processor.");
        }
        return new DeadLetterFilter(
                List.copyOf(ids),
                which.processor,
                which.topic,
                which.cause,
                which.key,
                fingerprint);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(shared().command().commandLine(), message);
    }
}

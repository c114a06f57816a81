package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.console.Progress;
import io.farandole.local.inspecting.Generational;
import io.farandole.local.inspecting.Generational.Listed;
import io.farandole.local.inspecting.Replaying;
import io.farandole.streams.replay.ReplayRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Begins a rebuild. */
@Command(
        name = "start",
        description = {
            "Build a processor's state anew from the archive, beside the live one.",
            "It says nothing until it is switched to. Ends when the new generation is as far as the"
                    + " live one and was compared with it; with --no-wait when it is begun."
        },
        exitCodeList = {
            "0:the new generation can be compared and switched to, or is begun",
            "1:refused, or it does not get on; the line says why",
            "4:nothing is running"
        },
        footer = {
            "  farandole replay start popularity",
            "  farandole replay start popularity --dry-run"
        })
final class ReplayStartCommand extends GenerationsSubcommand {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Set<String> BEING_BUILT = Set.of("CREATED", "BACKFILL", "CATCHUP");

    @Parameters(paramLabel = "PROCESSOR", description = "Whose state: see farandole generations.")
    private String processor = "";

    @Option(
            names = "--even-if-read",
            description =
                    "Although others read what it says: they keep what the old state told them.")
    private boolean evenIfRead;

    @Option(names = "--dry-run", description = "Only say whether it would be refused.")
    private boolean dryRun;

    @Option(names = "--no-wait", description = "End when it is begun.")
    private boolean noWait;

    @Override
    ExitCode run(Console console, Generational generations, Replaying replaying)
            throws InterruptedException {
        // Says which there are if there is no such one.
        generations.list(processor);
        JsonNode answer =
                replaying.ask(
                        ReplayRequest.Kind.START,
                        processor,
                        Map.of(
                                "evenIfRead",
                                Boolean.toString(evenIfRead),
                                "dryRun",
                                Boolean.toString(dryRun)));
        if (dryRun) {
            console.say(processor + " would be built anew.");
            console.result(answer);
            return ExitCode.OK;
        }
        int number = answer.path("generation").asInt();
        Listed now = noWait ? of(generations, number) : await(console, generations, number);
        console.say(
                "Generation "
                        + number
                        + " of "
                        + processor
                        + " is in phase "
                        + now.phase()
                        + (noWait
                                ? ". Follow it with: farandole replay status "
                                : ". Next: farandole generations diff ")
                        + processor);
        GenerationsListCommand.sayCompared(console, now);
        console.result(now);
        return ExitCode.OK;
    }

    private Listed await(Console console, Generational generations, int number)
            throws InterruptedException {
        Listed now = of(generations, number);
        try (Progress _ =
                console.progress(
                        _ -> {
                            Listed then = of(generations, number);
                            return "%s: %,d events of the archive, %,d heard"
                                    .formatted(then.phase(), then.archived(), then.heard());
                        })) {
            while ((BEING_BUILT.contains(now.phase()) || now.compared() == null) && now.fed()) {
                String trouble = now.trouble();
                if (trouble != null) {
                    throw new Failure(
                            ExitCode.FAILED,
                            "Generation "
                                    + number
                                    + " of "
                                    + processor
                                    + " does not get on: "
                                    + trouble
                                    + ". It is tried on; see: farandole replay status");
                }
                Thread.sleep(BETWEEN_LOOKS);
                now = of(generations, number);
            }
        }
        return now;
    }

    private Listed of(Generational generations, int number) {
        return generations.list(processor).stream()
                .filter(listed -> listed.generation() == number)
                .findFirst()
                .orElseThrow(
                        () -> new Failure(ExitCode.FAILED, "Generation " + number + " is gone."));
    }
}

package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import io.farandole.local.inspecting.Generational;
import io.farandole.local.inspecting.Generational.Listed;
import io.farandole.local.inspecting.Replaying;
import io.farandole.streams.batch.RegisteredGenerations.Progress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** How far rebuilds are. */
@Command(
        name = "status",
        description = "Show how far each generation is that was built from the archive, by topic.",
        exitCodeList = {"0:shown", "1:one of them does not get on", "4:nothing is running"},
        footer = {"  farandole replay status", "  farandole replay status popularity --json"})
final class ReplayStatusCommand extends GenerationsSubcommand {

    @Parameters(
            paramLabel = "PROCESSOR",
            arity = "0..1",
            description = "Only this one's; without, all.")
    private @Nullable String processor;

    @Override
    ExitCode run(Console console, Generational generations, Replaying replaying) {
        return show(console, generations, processor);
    }

    static ExitCode show(Console console, Generational generations, @Nullable String processor) {
        List<Listed> built =
                generations.list(processor).stream()
                        .filter(listed -> listed.generation() > 1 && listed.fed())
                        .toList();
        if (built.isEmpty()) {
            console.say("No rebuild. Begin one with: farandole replay start PROCESSOR");
        } else {
            say(console, built);
        }
        console.result(built);
        return built.stream().allMatch(listed -> listed.trouble() == null)
                ? ExitCode.OK
                : ExitCode.FAILED;
    }

    private static void say(Console console, List<Listed> built) {
        Table table =
                new Table(
                        "processor",
                        "generation",
                        "phase",
                        "topic",
                        "of the archive",
                        "withheld",
                        "heard",
                        "waiting");
        for (Listed listed : built) {
            for (Progress topic : listed.topics()) {
                table.row(
                        listed.processor(),
                        listed.generation(),
                        listed.phase(),
                        topic.topic(),
                        topic.archived(),
                        topic.withheld(),
                        topic.heard(),
                        topic.waiting());
            }
        }
        console.say(table);
        built.forEach(
                listed ->
                        Optional.ofNullable(listed.trouble())
                                .ifPresent(
                                        trouble ->
                                                console.say(
                                                        listed.processor()
                                                                + " "
                                                                + listed.generation()
                                                                + " does not get on: "
                                                                + trouble)));
    }
}

package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import io.farandole.local.inspecting.Generational;
import io.farandole.local.inspecting.Replaying;
import io.farandole.streams.replay.ReplayRequest;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Computes one key's rows anew. */
@Command(
        name = "key",
        description = {
            "Compute one key's rows anew from its events in the archive, and show where they differ"
                    + " from the live ones. Changes nothing unless asked to.",
            "Rows that other keys' events touch too, such as an item's counts, are only named: those"
                    + " are computed by a whole rebuild."
        },
        exitCodeList = {
            "0:the key's own rows are the same, or were written",
            "1:they differ, or it was refused",
            "4:nothing is running"
        },
        footer = {
            "  farandole replay key profile user:42",
            "  farandole replay key profile user:42 --apply"
        })
final class ReplayKeyCommand extends GenerationsSubcommand {

    @Parameters(index = "0", paramLabel = "PROCESSOR", description = "Whose rows.")
    private String processor = "";

    @Parameters(
            index = "1",
            paramLabel = "KEY",
            description = "The ordering key of the events, such as user:42 or item:7.")
    private String key = "";

    @Option(
            names = "--apply",
            description =
                    "Write the key's own rows. Refused unless the archive has all of its events, and"
                            + " all of them were heard.")
    private boolean apply;

    @Option(names = "--dry-run", description = "Change nothing; the default.")
    private boolean dryRun;

    @Override
    ExitCode run(Console console, Generational generations, Replaying replaying)
            throws InterruptedException {
        generations.list(processor);
        JsonNode answer =
                replaying.ask(
                        ReplayRequest.Kind.KEY,
                        processor,
                        Map.of("key", key, "apply", Boolean.toString(apply && !dryRun)));
        boolean same = say(console, answer);
        console.result(answer);
        return same ? ExitCode.OK : ExitCode.FAILED;
    }

    private static boolean say(Console console, JsonNode answer) {
        console.say(
                "%,d events of %s in the archive, %,d withheld, %,d not applied"
                        .formatted(
                                answer.path("events").asLong(),
                                answer.path("key").asString(""),
                                answer.path("withheld").asLong(),
                                answer.path("unapplied").asLong()));
        Table table = new Table("store", "row", "is");
        boolean same = true;
        for (JsonNode row : answer.path("rows")) {
            boolean shared = row.path("shared").asBoolean();
            boolean differs = !shared && !row.path("same").asBoolean();
            same &= !differs;
            table.row(
                    row.path("store").asString(""),
                    row.path("row").asString(""),
                    shared ? "of other keys too" : differs ? "different" : "the same");
        }
        console.say(table);
        for (JsonNode row : answer.path("rows")) {
            if (!row.path("shared").asBoolean() && !row.path("same").asBoolean()) {
                console.say(
                        "  " + row.path("store").asString("") + " " + row.path("row").asString(""));
                console.say("    live     " + row.path("live"));
                console.say("    replayed " + row.path("replayed"));
            }
        }
        int applied = answer.path("applied").asInt();
        if (applied > 0) {
            console.say("Written: " + applied + " rows.");
        }
        return same;
    }
}

package io.farandole.local.command;

import io.farandole.local.console.Console;
import io.farandole.streams.batch.SwitchingGenerations.Allowance;
import io.farandole.streams.batch.SwitchingGenerations.Switch;
import picocli.CommandLine.Option;

/** What activate and rollback take. */
final class SwitchOptions {

    @Option(
            names = "--max-behind",
            paramLabel = "EVENTS",
            description =
                    "How many events it may have heard less than the active one (default: 1000).")
    private long mostBehind = 1_000;

    @Option(
            names = "--max-lost",
            paramLabel = "EVENTS",
            description = {
                "How many of those may be lost to it: published half a minute ago or more and not",
                "heard, or no longer in the archive when it was built (default: 0)."
            })
    private long mostLost;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who asks; recorded with the switch (default: who is logged in here).",
            defaultValue = "${sys:user.name}")
    private String by = "";

    @Option(names = "--dry-run", description = "Only say what would be switched.")
    private boolean dryRun;

    Allowance allowed() {
        return new Allowance(mostBehind, mostLost);
    }

    String by() {
        return by;
    }

    boolean dryRun() {
        return dryRun;
    }

    void say(Console console, String processor, Switch made) {
        console.say(
                "%s from generation %d of %s to %d: %,d events behind, %,d of them lost; %,d follow silently, %,d are said by the former one yet."
                        .formatted(
                                dryRun ? "Would switch" : "Switched",
                                made.from(),
                                processor,
                                made.to(),
                                made.behind(),
                                made.lost(),
                                made.saidAlready(),
                                made.saidYet()));
        if (!dryRun) {
            console.say("Go back with: farandole generations rollback " + processor);
        }
        console.result(made);
    }
}

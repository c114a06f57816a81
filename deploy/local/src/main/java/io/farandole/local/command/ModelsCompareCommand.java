package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.ModelComparison;
import io.farandole.local.inspecting.ModelLedger;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.running.DataDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Compares two models. */
@Command(
        name = "compare",
        description = {
            "Compare what was measured of two models when they were evaluated: each metric with its"
                    + " 95 %% interval, and coverage.",
            "On different data sets the questions were others: then the figures are no contest."
        },
        exitCodeList = {
            "0:compared",
            "1:there is no such model, or what was measured of it cannot be read",
            "4:nothing is running"
        },
        footer = {"  farandole models compare r1 r2", "  farandole models compare r1 r2 --json"})
final class ModelsCompareCommand extends Subcommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "A release or a model.")
    private String one = "";

    @Parameters(index = "1", paramLabel = "OTHER", description = "Another one.")
    private String other = "";

    @Override
    ExitCode run() {
        Console console = shared().console();
        DataDirectory directory = shared().running().directory();
        try (Tables tables = Tables.in(directory)) {
            ModelLedger models = new ModelLedger(tables, directory.objects());
            ModelComparison comparison = ModelComparison.of(models.one(one), models.one(other));
            comparison.say(console);
            console.result(comparison);
            return ExitCode.OK;
        }
    }
}

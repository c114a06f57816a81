package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.ModelLedger;
import io.farandole.local.inspecting.ModelReport;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.running.DataDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one model. */
@Command(
        name = "show",
        description = {
            "Show a model: its state; where its lists come from: release, model, run, data set's"
                    + " fingerprint, range of events; what the gate said; who switched it, and why.",
            "Without a name: the one that is tried, else the one that is served."
        },
        exitCodeList = {"0:shown", "1:there is no such model", "4:nothing is running"},
        footer = {
            "  farandole models show r2",
            "  farandole models show models/4e1f --json",
            "  farandole models show --of-user 42"
        })
final class ModelsShowCommand extends Subcommand {

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "A release or a model, as farandole models lists it.")
    private @Nullable String name;

    @Option(
            names = "--of-user",
            paramLabel = "USER",
            description = "The release that this user's list is read from.")
    private @Nullable String user;

    @Override
    ExitCode run() {
        Console console = shared().console();
        DataDirectory directory = shared().running().directory();
        try (Tables tables = Tables.in(directory)) {
            ModelLedger models = new ModelLedger(tables, directory.objects());
            String wanted = name;
            if (user != null) {
                wanted = models.servedTo(user);
                console.say("The list of user " + user + " is read from " + wanted + ":");
            } else if (wanted == null) {
                wanted = models.served().release();
            }
            ModelReport report = models.one(wanted);
            report.say(console);
            console.result(report);
            return ExitCode.OK;
        }
    }
}

package io.farandole.local.command;

import io.farandole.local.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What all subcommands have in common. */
@Command(
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        footerHeading = "%nExamples:%n")
abstract class Subcommand implements Callable<Integer> {

    @Mixin private final SharedOptions shared = new SharedOptions();

    SharedOptions shared() {
        return shared;
    }

    @Override
    public final Integer call() throws Exception {
        Logging.toConsole(shared.verbose());
        return run().number();
    }

    abstract ExitCode run() throws Exception;
}

package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.Generational;
import io.farandole.local.inspecting.Replaying;
import io.farandole.local.inspecting.Tables;

/** What all that is done with the generations of a running installation has in common. */
abstract class GenerationsSubcommand extends Subcommand {

    @Override
    final ExitCode run() throws InterruptedException {
        Console console = shared().console();
        try (Tables tables = Tables.in(shared().running().directory())) {
            return run(console, new Generational(tables), new Replaying(tables, console));
        }
    }

    abstract ExitCode run(Console console, Generational generations, Replaying replaying)
            throws InterruptedException;
}

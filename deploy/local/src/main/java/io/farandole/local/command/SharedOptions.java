package io.farandole.local.command;

import io.farandole.local.console.Console;
import io.farandole.local.running.DataDirectory;
import io.farandole.local.running.RunningInstance;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every subcommand takes. */
final class SharedOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where everything is kept (default: .farandole in the current directory).")
    private @Nullable Path data;

    @Option(names = "--json", description = "Print one JSON document; words go to standard error.")
    private boolean json;

    @Option(names = "--verbose", description = "Show stack traces and the log of this command.")
    private boolean verbose;

    boolean verbose() {
        return verbose;
    }

    DataDirectory directory() {
        return new DataDirectory(data == null ? DataDirectory.USUAL : data);
    }

    /** The directory under which a demonstration makes its own. */
    Path parent() {
        return data == null ? DataDirectory.USUAL : data;
    }

    /** What answers here. */
    RunningInstance running() {
        return told(RunningInstance.find(data));
    }

    /** What runs here, answering or not. */
    RunningInstance runningSomehow() {
        return told(RunningInstance.some(data));
    }

    Optional<RunningInstance> search() {
        return RunningInstance.search(data).map(this::told);
    }

    /** Whoever did not name a demonstration is told that it was taken. */
    private RunningInstance told(RunningInstance running) {
        if (data == null && running.directory().isDemonstration()) {
            console().say("Of the demonstration in " + running.directory() + ":");
        }
        return running;
    }

    boolean json() {
        return json;
    }

    Console console() {
        return console(json);
    }

    /** For a command that has another option for JSON too. */
    Console console(boolean asJson) {
        CommandSpec command = command();
        return new Console(command.commandLine().getOut(), command.commandLine().getErr(), asJson);
    }

    CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("asked before the command line was parsed");
        }
        return spec;
    }
}

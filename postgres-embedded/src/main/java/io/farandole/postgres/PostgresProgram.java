package io.farandole.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A run of one of Postgres' own programs: initdb, pg_ctl, postgres. */
final class PostgresProgram {

    private final Path binaries;
    private final RootsDisguise disguise;

    PostgresProgram(RootsDisguise disguise) {
        this.binaries = Binaries.unpacked();
        this.disguise = disguise;
    }

    /** Of this machine, as whoever may run it. */
    static PostgresProgram ofThisProcess() {
        return new PostgresProgram(RootsDisguise.ofThisProcess());
    }

    RootsDisguise disguise() {
        return disguise;
    }

    /** What a program said, and how it ended. */
    record Outcome(int status, String output) {}

    Outcome run(String program, List<String> arguments) {
        return run(program, arguments, "");
    }

    Outcome run(String program, List<String> arguments, String input) {
        List<String> command = new ArrayList<>(disguise.command());
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return run(command, input);
    }

    static Outcome run(List<String> command, String input) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // The user's own Postgres settings and language must not reach this one.
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        try {
            Process process = builder.start();
            try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
                in.write(input);
            }
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            throw new PostgresFault(
                    PostgresFault.Reason.DID_NOT_START,
                    "Cannot run " + String.join(" ", command),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresFault(
                    PostgresFault.Reason.DID_NOT_START, "Interrupted while " + command + " ran", e);
        }
    }

    void runOrFail(String program, List<String> arguments) {
        Outcome outcome = run(program, arguments);
        if (outcome.status() != 0) {
            throw new PostgresFault(
                    PostgresFault.Reason.DID_NOT_START,
                    program
                            + " ended with status "
                            + outcome.status()
                            + ":\n"
                            + outcome.output().strip());
        }
    }
}

package io.farandole.streams.installation;

import io.farandole.postgres.DurablePostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts an instance in a process of its own, for it to be killed or to halt by itself. */
public final class ChildInstance {

    /** How many arguments come before the program's own. */
    public static final int OWN_ARGUMENTS = 3;

    private static final String PASSWORD = "INSTANCE_PASSWORD";

    private ChildInstance() {}

    /**
     * @param program its main class, which reaches the installation by {@link #wiring}
     * @param arguments of its own, from number {@link #OWN_ARGUMENTS} on
     */
    public static Process start(Installation installation, Class<?> program, String... arguments)
            throws IOException {
        return start(installation, Redirect.DISCARD, program, arguments);
    }

    /** The same, and what it prints goes there. */
    public static Process start(
            Installation installation, Redirect printed, Class<?> program, String... arguments)
            throws IOException {
        DurablePostgres postgres = installation.postgres();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                // It does not live long: no time is spent on making it fast.
                                "-XX:TieredStopAtLevel=1",
                                "-XX:MetaspaceSize=192m",
                                "-XX:+UnlockDiagnosticVMOptions",
                                "-XX:-BytecodeVerificationRemote",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                program.getName(),
                                postgres.jdbcUrl(),
                                postgres.owner().user(),
                                installation.pubSub().endpoint()));
        command.addAll(List.of(arguments));
        ProcessBuilder java = new ProcessBuilder(command);
        java.environment().put(PASSWORD, postgres.owner().password());
        return java.redirectErrorStream(true).redirectOutput(printed).start();
    }

    /** In the child: by what it reaches the installation. */
    public static Wiring wiring(String[] arguments) {
        return new Wiring(arguments[0], arguments[1], System.getenv(PASSWORD), arguments[2]);
    }
}

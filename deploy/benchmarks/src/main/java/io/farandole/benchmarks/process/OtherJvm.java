package io.farandole.benchmarks.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts programs of this class path in JVMs of their own. */
public final class OtherJvm {

    private static final List<String> ALWAYS =
            List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Xshare:auto");

    private OtherJvm() {}

    /** What it prints as an error is printed here; its input and output are the caller's. */
    public static Process start(List<String> flags, Class<?> program, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(ALWAYS);
        command.addAll(flags);
        // under a test the class path is not the one that this JVM was started with
        command.add("-cp");
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(program.getName());
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** The very java that runs this. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}

package io.farandole.benchmarks.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts programs in JVMs of their own. */
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
        // under a test the class path is not the one that this JVM was started with
        return start(
                flags,
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                program.getName(),
                arguments);
    }

    /** The same with another class path, for programs that are not of this one. */
    public static Process start(
            List<String> flags, String classPath, String program, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(ALWAYS);
        command.addAll(flags);
        command.add("-cp");
        command.add(classPath);
        command.add(program);
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** The very java that runs this. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}

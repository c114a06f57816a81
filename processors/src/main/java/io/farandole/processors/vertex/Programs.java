package io.farandole.processors.vertex;

import java.util.List;

/** How our programs are started in a container. */
final class Programs {

    private Programs() {}

    static List<String> command(String classPath, String program) {
        return List.of(
                "java",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                program);
    }
}

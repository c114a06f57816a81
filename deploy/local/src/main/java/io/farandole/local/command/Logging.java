package io.farandole.local.command;

import java.nio.file.Path;

/** Where log lines go: a file for what stays up, nowhere for what only asks. */
final class Logging {

    private static final String CONFIGURATION = "logback.configurationFile";
    private static final String PLACE = "io/farandole/local/";

    private Logging() {}

    static void toConsole(boolean verbose) {
        configure(verbose ? "logging-verbose.xml" : "logging-silent.xml");
    }

    static void toFile(Path file) {
        System.setProperty("farandole.log.file", file.toString());
        configure("logging-file.xml");
    }

    /** Takes effect with the first logger, so it must come before any. */
    private static void configure(String name) {
        // One process holds several Spring contexts; none of them may set up logging for the rest.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        System.setProperty(CONFIGURATION, PLACE + name);
    }
}

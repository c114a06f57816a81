package io.farandole.streams.filling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.farandole.streams.installation.TellingTheSeed;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A disk that is really full: a file system of its own, in memory, which a user namespace may mount
 * without being root, and which goes with the process that has it. Under {@code --chaos}.
 */
@EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
@ExtendWith(TellingTheSeed.class)
final class FullDiskIT {

    private static final int MINUTES = 8;

    /** Mounts a disk on the second argument, of as many megabytes as the first says. */
    private static final String MOUNT = "mount -t tmpfs -o size=\"$0\"m none \"$1\" && shift";

    @TempDir Path small;
    @TempDir Path large;

    @ParameterizedTest
    @EnumSource
    void whatIsFullIsWaitedForAndNothingIsLost(FullDiskTrial.OnDisk what) throws Exception {
        String refusal = refusal();
        if (!refusal.isEmpty()) {
            System.out.println("NOT RUN: no small disk can be mounted here: " + refusal);
        }
        assumeTrue(refusal.isEmpty(), () -> "no small disk can be mounted here: " + refusal);
        Path printed = Path.of("target", "full-disk-" + what + ".log");

        Process trial =
                mounted(
                                what.megabytes(),
                                "exec \"$@\"",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                FullDiskTrial.class.getName(),
                                what.name(),
                                small.toString(),
                                large.toString(),
                                Long.toString(TellingTheSeed.SEED))
                        .redirectOutput(Redirect.to(printed.toFile()))
                        .start();

        try {
            assertThat(trial.waitFor(MINUTES, TimeUnit.MINUTES)).as("it ends").isTrue();
        } finally {
            trial.destroy();
            if (!trial.waitFor(1, TimeUnit.MINUTES)) {
                trial.destroyForcibly();
            }
        }
        assertThat(trial.exitValue())
                .as(() -> "status of the trial, which said: " + tail(printed))
                .isZero();
    }

    /** Why there can be none; empty if there can. */
    private String refusal() throws IOException, InterruptedException {
        Process attempt = mounted(1, "true").start();
        String said = new String(attempt.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return attempt.waitFor() == 0 ? "" : "unshare -rm mount -t tmpfs says " + said.strip();
    }

    private ProcessBuilder mounted(int megabytes, String then, String... words) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "unshare",
                                "-rm",
                                "sh",
                                "-c",
                                MOUNT + " && " + then,
                                Integer.toString(megabytes),
                                small.toString()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    private static String tail(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }
}

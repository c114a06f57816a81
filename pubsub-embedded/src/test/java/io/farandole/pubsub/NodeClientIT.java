package io.farandole.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Google's client for Node, from npm, unchanged. Its script is src/test/node/client.mjs. Not run,
 * and said so, where there is no Node, or its packages cannot be fetched.
 */
@EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
class NodeClientIT {

    private static final Path SCRIPTS = Path.of("src/test/node");
    private static final Path HOME = Path.of("target/node-client");

    /** Node 18 is the oldest that the client's version in package.json takes. */
    private static final int OLDEST_NODE = 18;

    @RegisterExtension static final EmbeddedPubSubExtension pubsub = new EmbeddedPubSubExtension();

    private record Ended(int status, List<String> lines) {}

    @Test
    void worksAsItIs() throws Exception {
        install();
        Ended script =
                run(
                        HOME,
                        Map.of("PUBSUB_EMULATOR_HOST", pubsub.endpoint()),
                        60,
                        "node",
                        "client.mjs");
        assertThat(script.lines())
                .containsExactly(
                        "ok administration",
                        "ok publish and receive",
                        "ok one subscriber after another",
                        "ok a message that is not taken comes again",
                        "ok ordering keys",
                        "ok flow control",
                        "ok deletion");
        assertThat(script.status()).isZero();
    }

    /** Once; again only when the locked versions are others. */
    private static void install() throws Exception {
        String node = version("node");
        assume(
                !node.isEmpty() && major(node) >= OLDEST_NODE,
                "there is no Node " + OLDEST_NODE + " or later on the PATH (" + node + ")");
        Files.createDirectories(HOME);
        Files.writeString(
                HOME.resolve("client.mjs"), Files.readString(SCRIPTS.resolve("client.mjs")));
        String wanted = Files.readString(SCRIPTS.resolve("package-lock.json"));
        Path installed = HOME.resolve("installed-lock.json");
        if (Files.exists(installed) && Files.readString(installed).equals(wanted)) {
            return;
        }
        assume(!version("npm").isEmpty(), "there is no npm on the PATH");
        for (String file : List.of("package.json", "package-lock.json")) {
            Files.writeString(HOME.resolve(file), Files.readString(SCRIPTS.resolve(file)));
        }
        Ended npm =
                run(
                        HOME,
                        Map.of(),
                        120,
                        "npm",
                        "ci",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--fetch-retries=1",
                        "--loglevel=error");
        assume(
                npm.status() == 0,
                "npm could not fetch the client (see above; is there a registry?): " + npm.lines());
        Files.writeString(installed, wanted);
    }

    private static void assume(boolean met, String otherwise) {
        if (!met) {
            System.out.println("NOT RUN: the test of Google's client for Node, for " + otherwise);
        }
        assumeThat(met).as(otherwise).isTrue();
    }

    private static String version(String program) throws Exception {
        try {
            return String.join("", run(Path.of("."), Map.of(), 30, program, "--version").lines());
        } catch (IOException e) {
            // it is not there
            return "";
        }
    }

    private static int major(String version) {
        return Integer.parseInt(version.replaceFirst("^v", "").replaceFirst("\\..*$", ""));
    }

    private static Ended run(
            Path directory, Map<String, String> environment, long seconds, String... words)
            throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(words)
                        .directory(directory.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            // a watchman, for reading ends only when the process does
            var _ =
                    process.onExit()
                            .orTimeout(seconds, TimeUnit.SECONDS)
                            .whenComplete((_, late) -> process.destroyForcibly());
            List<String> lines =
                    new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
            return new Ended(process.waitFor(), lines);
        } finally {
            process.destroyForcibly();
        }
    }
}

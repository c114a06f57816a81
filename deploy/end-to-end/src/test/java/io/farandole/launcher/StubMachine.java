package io.farandole.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A clone with nothing but the launcher, on a machine with just the JDKs and the Maven that a test
 * puts there.
 */
final class StubMachine {

    private static final List<String> TOOLS =
            List.of(
                    "awk",
                    "cat",
                    "date",
                    "dirname",
                    "find",
                    "grep",
                    "head",
                    "mkdir",
                    "mv",
                    "readlink",
                    "rm",
                    "rmdir",
                    "sed",
                    "sleep",
                    "sort",
                    "tail",
                    "touch",
                    "tr",
                    "uname");

    private final Path home;
    private final Map<String, String> environment = new LinkedHashMap<>();

    StubMachine(Path home) throws IOException {
        this.home = home.toRealPath();
        Files.createDirectories(checkout().resolve(".mvn/wrapper"));
        Files.copy(Path.of("../../farandole"), checkout().resolve("farandole"));
        Files.copy(
                Path.of("../../.mvn/wrapper/maven-wrapper.properties"),
                checkout().resolve(".mvn/wrapper/maven-wrapper.properties"));
        Files.createDirectories(this.home.resolve("bin"));
        for (String tool : TOOLS) {
            tool(tool, "exec " + installed(tool) + " \"$@\"");
        }
        if (Files.notExists(Path.of("/proc"))) {
            tool("ps", "exec " + installed("ps") + " \"$@\"");
        }
        Files.createDirectories(places());
        environment.put("PATH", this.home.resolve("bin").toString());
        environment.put("HOME", this.home.toString());
        environment.put("FARANDOLE_JDK_PLACES", places().toString());
    }

    /** How a command ended, and all that it said. */
    record Outcome(int status, String output) {}

    Path checkout() {
        return home.resolve("clone");
    }

    Path places() {
        return home.resolve("jvm");
    }

    /** A program on the PATH. */
    void tool(String name, String script) throws IOException {
        program(home.resolve("bin").resolve(name), script);
    }

    StubMachine with(String variable, Object value) {
        environment.put(variable, value.toString());
        return this;
    }

    /** A JDK whose java says how it was called, and as which process, and ends with status 7. */
    Path jdk(String version) throws IOException {
        Path jdk = jre(version);
        program(jdk.resolve("bin/javac"), "exit 0");
        return jdk;
    }

    Path jre(String version) throws IOException {
        Path jre = places().resolve("java-" + version);
        Files.createDirectories(jre);
        Files.writeString(
                jre.resolve("release"),
                "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
        program(
                jre.resolve("bin/java"),
                "echo \"java " + version + " in ${LC_ALL-} as $$: $*\"; exit 7");
        return jre;
    }

    /**
     * What Maven's wrapper does when it is asked to build; every build leaves a line in the file
     * {@code builds}.
     */
    void maven(String script) throws IOException {
        program(
                checkout().resolve("mvnw"),
                """
                [ "$1" != --version ] || exit 0
                echo "$*" >> "%s"
                %s
                """
                        .formatted(home.resolve("builds"), script));
    }

    /** A wrapper that builds well. */
    void maven() throws IOException {
        maven("mkdir -p deploy/local/target/app/lib");
    }

    /** As the real one: it makes its directory before it downloads. */
    void wrapperWithoutNetwork() throws IOException {
        program(
                checkout().resolve("mvnw"),
                """
                mkdir -p "$HOME/.m2/wrapper/dists/%s/56ba1f9f"
                rmdir "$HOME/.m2/wrapper/dists/%1$s/56ba1f9f"
                echo 'wget: Failed to fetch it' >&2
                exit 1
                """
                        .formatted(distribution()));
    }

    /** Maven as the wrapper leaves it when all went well. */
    void mavenOfTheWrapper() throws IOException {
        program(
                home.resolve(".m2/wrapper/dists/" + distribution() + "/56ba1f9f/bin/mvn"),
                "mkdir -p deploy/local/target/app/lib; echo \"$*\" >> " + home.resolve("builds"));
    }

    private String distribution() throws IOException {
        return Pattern.compile("apache-maven-[0-9.]+(?=-bin)")
                .matcher(
                        Files.readString(
                                checkout().resolve(".mvn/wrapper/maven-wrapper.properties")))
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();
    }

    void mavenOnThePath(String version) throws IOException {
        tool(
                "mvn",
                """
                [ "$1" != --version ] || { echo "Apache Maven %s"; exit 0; }
                mkdir -p deploy/local/target/app/lib
                """
                        .formatted(version));
    }

    /** What each build was called with. */
    List<String> calls() throws IOException {
        Path builds = home.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds) : List.of();
    }

    Path lock() {
        return checkout().resolve("target/farandole-build.lock");
    }

    long builds() throws IOException {
        return calls().size();
    }

    void built() throws IOException {
        Files.createDirectories(checkout().resolve("deploy/local/target/app/lib"));
        with("FARANDOLE_BUILT", 1);
    }

    Path source() throws IOException {
        Path source = checkout().resolve("streams/src/main/java/Stream.java");
        Files.createDirectories(source.getParent());
        return Files.writeString(source, "class Stream {}");
    }

    Process start(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                installed("bash").toString(),
                                checkout().resolve("farandole").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    Outcome run(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        process.getOutputStream().close();
        CompletableFuture<Void> tooLate =
                CompletableFuture.runAsync(
                        process::destroyForcibly,
                        CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (!tooLate.cancel(false)) {
            throw new IllegalStateException("The launcher does not end: " + output);
        }
        return new Outcome(status, output);
    }

    private static void program(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!" + installed("bash") + "\n" + script + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("Cannot make " + file + " executable");
        }
    }

    private static Path installed(String tool) {
        for (String directory : System.getenv("PATH").split(":", -1)) {
            Path candidate = Path.of(directory, tool);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new UncheckedIOException(new IOException("This machine has no " + tool));
    }
}

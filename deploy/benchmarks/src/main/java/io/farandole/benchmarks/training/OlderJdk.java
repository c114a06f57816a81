package io.farandole.benchmarks.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JDK on which Spark 4.1 runs: 17 to 21. From 24 on, Hadoop's client asks for what Java no longer
 * has.
 *
 * @param version its first number
 */
record OlderJdk(Path home, int version) {

    private static final String NAMED = "FARANDOLE_SPARK_JAVA_HOME";
    private static final int LEAST = 17;
    private static final int MOST = 21;
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"?(\\d+)");

    /** The one that is named in the environment, else the oldest fit one where JDKs usually are. */
    static Optional<OlderJdk> find() {
        String named = System.getenv(NAMED);
        return named != null ? at(Path.of(named)) : find(places());
    }

    static Optional<OlderJdk> find(List<Path> places) {
        return places.stream()
                .flatMap(OlderJdk::in)
                .flatMap(home -> Stream.of(home, home.resolve("Contents", "Home")))
                .flatMap(home -> at(home).stream())
                .min(Comparator.comparingInt(OlderJdk::version));
    }

    /** What to do where there is none. */
    static String wanted() {
        return "no JDK "
                + LEAST
                + " to "
                + MOST
                + " was found in "
                + places().stream().map(Path::toString).distinct().toList()
                + "; "
                + NAMED
                + " names one";
    }

    private static List<Path> places() {
        Path own = Path.of(System.getProperty("user.home"));
        Path beside = Path.of(System.getProperty("java.home")).toAbsolutePath().getParent();
        return List.of(
                beside == null ? own : beside,
                Path.of("/usr/lib/jvm"),
                Path.of("/usr/java"),
                Path.of("/opt/java"),
                Path.of("/Library/Java/JavaVirtualMachines"),
                own.resolve(Path.of(".sdkman", "candidates", "java")),
                own.resolve(".jdks"));
    }

    private static Stream<Path> in(Path place) {
        if (!Files.isDirectory(place)) {
            return Stream.empty();
        }
        try (Stream<Path> homes = Files.list(place)) {
            return homes.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<OlderJdk> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin", "java")) || !Files.isReadable(release)) {
            return Optional.empty();
        }
        try {
            Matcher version = VERSION.matcher(Files.readString(release));
            return version.find()
                    ? Optional.of(new OlderJdk(home, Integer.parseInt(version.group(1))))
                            .filter(jdk -> jdk.version >= LEAST && jdk.version <= MOST)
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path java() {
        return home.resolve("bin", "java");
    }
}

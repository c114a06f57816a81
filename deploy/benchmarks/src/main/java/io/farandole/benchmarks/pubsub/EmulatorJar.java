package io.farandole.benchmarks.pubsub;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds Google's emulator, which comes with gcloud. */
public record EmulatorJar(Optional<Path> file, List<Path> lookedIn) {

    /** Names the jar itself, or the directory that holds it. */
    static final String SETTING = "FARANDOLE_PUBSUB_EMULATOR";

    private static final Path IN_SDK = Path.of("platform", "pubsub-emulator", "lib");

    public static EmulatorJar find() {
        return find(System.getenv(), Path.of(System.getProperty("user.home")), Path.of("/"));
    }

    /**
     * @param root what the usual places are below
     */
    static EmulatorJar find(Map<String, String> environment, Path userHome, Path root) {
        Set<Path> places = new LinkedHashSet<>();
        String named = environment.get(SETTING);
        if (named != null) {
            places.add(Path.of(named));
        }
        String sdk = environment.get("CLOUDSDK_ROOT_DIR");
        if (sdk != null) {
            places.add(Path.of(sdk).resolve(IN_SDK));
        }
        besideGcloud(environment.getOrDefault("PATH", "")).ifPresent(places::add);
        Stream.of(
                        userHome.resolve("google-cloud-sdk"),
                        root.resolve("usr/lib/google-cloud-sdk"),
                        root.resolve("usr/share/google-cloud-sdk"),
                        root.resolve("usr/local/google-cloud-sdk"),
                        root.resolve("opt/google-cloud-sdk"),
                        root.resolve("opt/homebrew/share/google-cloud-sdk"),
                        root.resolve("usr/local/share/google-cloud-sdk"),
                        root.resolve("snap/google-cloud-cli/current"))
                .map(place -> place.resolve(IN_SDK))
                .forEach(places::add);
        return new EmulatorJar(
                places.stream().flatMap(place -> jar(place).stream()).findFirst(),
                List.copyOf(places));
    }

    /** Follows the links of a gcloud on the path to the installation that it belongs to. */
    private static Optional<Path> besideGcloud(String path) {
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, "gcloud"))
                .filter(Files::isExecutable)
                .flatMap(
                        gcloud -> {
                            try {
                                // SDK/bin/gcloud
                                Path bin = gcloud.toRealPath().getParent();
                                return Stream.ofNullable(bin == null ? null : bin.getParent());
                            } catch (IOException _) {
                                return Stream.empty();
                            }
                        })
                .map(installation -> installation.resolve(IN_SDK))
                .findFirst();
    }

    private static Optional<Path> jar(Path place) {
        if (Files.isRegularFile(place)) {
            return Optional.of(place);
        }
        if (!Files.isDirectory(place)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> String.valueOf(file.getFileName()).contains("pubsub-emulator"))
                    .max(Path::compareTo);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** What to tell people when it was not found. */
    public String missing() {
        return "GOOGLE'S EMULATOR WAS NOT FOUND, so nothing stands beside and ratios are not judged."
                + " It comes with gcloud (gcloud components install pubsub-emulator); "
                + SETTING
                + " can name its jar. Looked in: "
                + lookedIn.stream().map(Path::toString).collect(Collectors.joining(", "));
    }
}

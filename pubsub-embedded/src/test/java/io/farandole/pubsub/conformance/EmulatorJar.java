package io.farandole.pubsub.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Google's emulator, as gcloud brings it. */
record EmulatorJar(Path path, String version) {

    /** A system property that says where it is, before anything is searched. */
    static final String SETTING = "farandole.pubsub.emulator";

    /** The same from the environment, as {@code ./farandole bench pubsub} takes it. */
    private static final String VARIABLE = "FARANDOLE_PUBSUB_EMULATOR";

    private static final Pattern NAME = Pattern.compile("cloud-pubsub-emulator-(.+)-all\\.jar");

    static Optional<EmulatorJar> find() {
        String set = System.getProperty(SETTING, System.getenv(VARIABLE));
        if (set != null) {
            Path path = Path.of(set);
            return Optional.of(new EmulatorJar(path, version(path).orElse("of unknown version")));
        }
        return installations().stream()
                .map(root -> root.resolve("platform/pubsub-emulator/lib"))
                .filter(Files::isDirectory)
                .flatMap(EmulatorJar::in)
                .findFirst();
    }

    /** Where gcloud may be: what the environment says, beside the command, the usual places. */
    static List<Path> installations() {
        List<Path> roots = new ArrayList<>();
        add(roots, System.getenv("CLOUDSDK_ROOT_DIR"));
        for (String directory : String.valueOf(System.getenv("PATH")).split(":", -1)) {
            Path command = Path.of(directory.isEmpty() ? "." : directory, "gcloud");
            if (Files.isExecutable(command)) {
                // ROOT/bin/gcloud, behind whatever links
                Path bin = real(command).getParent();
                if (bin != null && bin.getParent() != null) {
                    roots.add(bin.getParent());
                }
            }
        }
        for (String usual :
                List.of(
                        "/usr/lib/google-cloud-sdk",
                        "/usr/share/google-cloud-sdk",
                        "/usr/local/google-cloud-sdk",
                        "/opt/google-cloud-sdk",
                        "/opt/homebrew/share/google-cloud-sdk",
                        "/usr/local/share/google-cloud-sdk",
                        "/snap/google-cloud-cli/current",
                        System.getProperty("user.home") + "/google-cloud-sdk")) {
            add(roots, usual);
        }
        return roots;
    }

    private static void add(List<Path> roots, @Nullable String root) {
        if (root != null && !root.isEmpty()) {
            roots.add(Path.of(root));
        }
    }

    private static Path real(Path command) {
        try {
            return command.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(command + " cannot be followed", e);
        }
    }

    private static Stream<EmulatorJar> in(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files
                    .sorted(Comparator.reverseOrder())
                    .flatMap(
                            path ->
                                    version(path)
                                            .map(version -> new EmulatorJar(path, version))
                                            .stream())
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be listed", e);
        }
    }

    private static Optional<String> version(Path path) {
        Matcher matcher = NAME.matcher(String.valueOf(path.getFileName()));
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}

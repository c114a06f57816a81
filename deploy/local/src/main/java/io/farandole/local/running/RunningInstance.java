package io.farandole.local.running;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An installation that answers now, found by its directory. */
public record RunningInstance(DataDirectory directory, Instance instance) {

    /**
     * The one in this directory that answers; where none is named, the one in the usual directory
     * or the demonstration that runs.
     *
     * @throws Failure if none runs there, or it does not answer (yet), or several run
     */
    public static RunningInstance find(@Nullable Path named) {
        RunningInstance running = some(named);
        if (!running.instance.isReady()) {
            throw new Failure(
                    ExitCode.FAILED,
                    "What runs in "
                            + running.directory
                            + " does not answer"
                            + (running.instance.phase() == Instance.Phase.STARTING ? " yet" : "")
                            + ": "
                            + running.instance.doing()
                            + ". See: farandole status");
        }
        return running;
    }

    /**
     * The same, answering or not.
     *
     * @throws Failure if none runs there, or several do
     */
    public static RunningInstance some(@Nullable Path named) {
        return search(named)
                .orElseThrow(
                        () ->
                                new Failure(
                                        ExitCode.NOT_RUNNING,
                                        "Nothing is running in "
                                                + new DataDirectory(
                                                        named == null ? DataDirectory.USUAL : named)
                                                + ". Start it with: farandole up"));
    }

    /**
     * The same, if one runs.
     *
     * @throws Failure if several run
     */
    public static Optional<RunningInstance> search(@Nullable Path named) {
        List<Path> candidates = named == null ? usual() : List.of(named);
        List<RunningInstance> found =
                candidates.stream()
                        .map(DataDirectory::new)
                        .flatMap(
                                directory ->
                                        Instance.in(directory)
                                                .map(
                                                        instance ->
                                                                new RunningInstance(
                                                                        directory, instance))
                                                .stream())
                        .filter(running -> running.instance().process().isPresent())
                        .toList();
        if (found.size() > 1) {
            throw new Failure(
                    ExitCode.FAILED,
                    "Several run here; name one with --data: "
                            + found.stream()
                                    .map(running -> running.directory().toString())
                                    .collect(Collectors.joining(", ")));
        }
        return found.stream().findFirst();
    }

    public Ports ports() {
        return instance.ports();
    }

    /** Where clients of Pub/Sub connect to. */
    public String pubsubAddress() {
        return "127.0.0.1:" + ports().pubsub();
    }

    private static List<Path> usual() {
        try (Stream<Path> demonstrations = Files.list(DataDirectory.USUAL)) {
            return Stream.concat(
                            Stream.of(DataDirectory.USUAL),
                            demonstrations.filter(
                                    path ->
                                            path.getFileName()
                                                    .toString()
                                                    .startsWith(DataDirectory.DEMONSTRATION)))
                    .toList();
        } catch (IOException e) {
            return List.of(DataDirectory.USUAL);
        }
    }
}

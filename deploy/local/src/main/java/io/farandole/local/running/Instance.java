package io.farandole.local.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a running installation says of itself in its directory, for other commands to find it.
 *
 * @param processStart tells this process from a later one that was given the same number
 * @param doing what it does while it starts, or why it ended
 */
public record Instance(
        long pid,
        Instant processStart,
        Phase phase,
        String doing,
        Ports ports,
        @Nullable Integer postgresPort) {

    /** How far it is. */
    public enum Phase {
        STARTING,
        READY,
        FAILED,
        STOPPED
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Instance ofThisProcess(Phase phase, String doing, Ports ports) {
        ProcessHandle self = ProcessHandle.current();
        return new Instance(self.pid(), startOf(self), phase, doing, ports, null);
    }

    /** The last one that was there, running or not. */
    public static Optional<Instance> in(DataDirectory directory) {
        try {
            return Optional.of(
                    JSON.readValue(Files.readString(directory.instanceFile()), Instance.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            // Half a file cannot be: it is moved into place. So somebody edited it.
            return Optional.empty();
        }
    }

    /** The process, while it lives. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> !isZombie(process))
                .filter(process -> startOf(process).equals(processStart));
    }

    public boolean isReady() {
        return phase == Phase.READY && process().isPresent();
    }

    Instance with(Phase newPhase, String nowDoing) {
        return new Instance(pid, processStart, newPhase, nowDoing, ports, postgresPort);
    }

    Instance ready(int postgres) {
        return new Instance(pid, processStart, Phase.READY, "answers", ports, postgres);
    }

    Instance failed(String reason) {
        return new Instance(pid, processStart, Phase.FAILED, reason, ports, postgresPort);
    }

    void save(DataDirectory directory) {
        try {
            Path whole = Files.createTempFile(directory.path(), "instance", ".new");
            Files.writeString(whole, JSON.writeValueAsString(this));
            Files.move(whole, directory.instanceFile(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + directory.instanceFile(), e);
        }
    }

    /** Ended, but its parent has not asked how: Linux alone tells. */
    private static boolean isZombie(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            // After the name, which may itself hold spaces and parentheses.
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException _) {
            return false;
        }
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}

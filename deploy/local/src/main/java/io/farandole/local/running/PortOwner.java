package io.farandole.local.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who listens on a port, where Linux tells; nobody knows elsewhere, and that is no error. */
final class PortOwner {

    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final int LONGEST_COMMAND = 60;

    private PortOwner() {}

    /** Such as {@code process 4711 (java)}. */
    static Optional<String> of(int port) {
        Set<String> sockets =
                Stream.of("net/tcp", "net/tcp6")
                        .flatMap(table -> lines(PROC.resolve(table)).stream())
                        .map(line -> line.strip().split("\\s+"))
                        .filter(fields -> fields.length > INODE && fields[STATE].equals(LISTENING))
                        .filter(
                                fields ->
                                        fields[LOCAL_ADDRESS].endsWith(
                                                String.format(Locale.ROOT, ":%04X", port)))
                        .map(fields -> "socket:[" + fields[INODE] + "]")
                        .collect(Collectors.toUnmodifiableSet());
        return sockets.isEmpty()
                ? Optional.empty()
                : ProcessHandle.allProcesses()
                        .filter(process -> holds(process.pid(), sockets))
                        .findFirst()
                        .map(PortOwner::description);
    }

    private static String description(ProcessHandle process) {
        String command = process.info().command().orElse("unknown");
        String name = Path.of(command).getFileName().toString();
        String shown = name.length() > LONGEST_COMMAND ? name.substring(0, LONGEST_COMMAND) : name;
        return "process " + process.pid() + " (" + shown + ")";
    }

    private static boolean holds(long pid, Set<String> sockets) {
        try (Stream<Path> descriptors = Files.list(PROC.resolve(pid + "/fd"))) {
            return descriptors.anyMatch(descriptor -> sockets.contains(target(descriptor)));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}

package io.farandole.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which program a process of this Linux is, and in which directory it works. */
record Whereabouts(String program, Path workingDirectory) {

    // What Linux appends when the file was deleted while it ran.
    private static final String DELETED = " (deleted)";

    static boolean areKnownHere() {
        return Files.exists(Path.of("/proc/self/cwd"));
    }

    static Optional<Whereabouts> of(ProcessHandle process) {
        Path known = Path.of("/proc", Long.toString(process.pid()));
        try {
            return Optional.of(
                    of(
                            Files.readSymbolicLink(known.resolve("exe")).toString(),
                            Files.readSymbolicLink(known.resolve("cwd"))));
        } catch (AccessDeniedException _) {
            return asNobody(known);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** In a container not even root may look at another user's process; that user may. */
    private static Optional<Whereabouts> asNobody(Path known) {
        try {
            Object owner = Files.getAttribute(known, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            if (!owner.equals(RootsDisguise.NOBODYS_ID)
                    || !Files.readString(known.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                            .contains("postgres")
                    || RootsDisguise.ofThisProcess() == RootsDisguise.NONE) {
                return Optional.empty();
            }
            List<String> links =
                    PostgresProgram.run(
                                    Stream.concat(
                                                    RootsDisguise.NOBODY.command().stream(),
                                                    Stream.of(
                                                            "readlink",
                                                            known.resolve("exe").toString(),
                                                            known.resolve("cwd").toString()))
                                            .toList(),
                                    "")
                            .output()
                            .lines()
                            .toList();
            return links.size() == 2
                    ? Optional.of(of(links.getFirst(), Path.of(links.getLast())))
                    : Optional.empty();
        } catch (IOException | PostgresFault _) {
            return Optional.empty();
        }
    }

    private static Whereabouts of(String program, Path workingDirectory) {
        return new Whereabouts(
                program.endsWith(DELETED)
                        ? program.substring(0, program.length() - DELETED.length())
                        : program,
                workingDirectory);
    }
}

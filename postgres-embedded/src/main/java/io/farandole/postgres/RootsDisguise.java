package io.farandole.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As whom Postgres, which refuses to be root, runs when this process is root. */
enum RootsDisguise {
    /** This process is not root. */
    NONE(-1),

    /** In a user namespace of its own it is nobody, on files that root owns. */
    NAMESPACE(0),

    /**
     * Where containers forbid namespaces: really nobody, who may pass through root's directories
     * all the same.
     */
    NOBODY(RootsDisguise.NOBODYS_ID);

    static final int NOBODYS_ID = 65_534;

    private static final Logger log = LoggerFactory.getLogger(RootsDisguise.class);

    private static @Nullable RootsDisguise here;

    private final int owner;

    RootsDisguise(int owner) {
        this.owner = owner;
    }

    /** Found out once: what a system allows stays. */
    static synchronized RootsDisguise ofThisProcess() {
        if (here == null) {
            here = possible();
        }
        return here;
    }

    /** What comes before the program on the command line. */
    List<String> command() {
        return switch (this) {
            case NONE -> List.of();
            case NAMESPACE -> List.of("unshare", "-U");
            case NOBODY ->
                    List.of(
                            "setpriv",
                            "--reuid=" + NOBODYS_ID,
                            "--regid=" + NOBODYS_ID,
                            "--clear-groups",
                            "--inh-caps=+dac_override",
                            "--ambient-caps=+dac_override",
                            // Else access(2), by which Postgres looks for its own programs,
                            // forgets that privilege.
                            "--securebits=+no_setuid_fixup");
        };
    }

    /** Postgres demands that the data be its own: another disguise may have made them. */
    void takeOver(Path data) throws IOException {
        if (this == NONE
                || Files.notExists(data)
                || owner(data) == owner
                || (owner(data) != 0 && owner(data) != NOBODYS_ID)) {
            return;
        }
        log.info("Giving {} to user {}, as whom Postgres runs now", data, owner);
        List<Path> files;
        try (Stream<Path> walk = Files.walk(data)) {
            files = walk.toList();
        }
        for (Path file : files) {
            Files.setAttribute(file, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static int owner(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private String refusal() {
        try {
            var outcome =
                    PostgresProgram.run(
                            Stream.concat(command().stream(), Stream.of("true")).toList(), "");
            return outcome.status() == 0
                    ? ""
                    : "status " + outcome.status() + ", " + outcome.output().strip();
        } catch (PostgresFault e) {
            return String.valueOf(e.getCause());
        }
    }

    private static RootsDisguise possible() {
        if (new UnixSystem().getUid() != 0) {
            return NONE;
        }
        String namespace = NAMESPACE.refusal();
        if (namespace.isEmpty()) {
            return NAMESPACE;
        }
        String nobody = NOBODY.refusal();
        if (nobody.isEmpty()) {
            return NOBODY;
        }
        throw new PostgresFault(
                PostgresFault.Reason.UNSUPPORTED_MACHINE,
                "Postgres does not run as root, and this system does not let root run it as somebody else: no user namespace ("
                        + namespace
                        + "), no change of user ("
                        + nobody
                        + "). Run Farandole as a user other than root.");
    }
}

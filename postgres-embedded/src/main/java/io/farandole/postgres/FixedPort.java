package io.farandole.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The port of a data directory: chosen free once, the same ever after. */
final class FixedPort {

    // Below the ranges that Linux and macOS give to outgoing connections, which would take it while
    // we are stopped.
    private static final int FIRST = 20_000;
    private static final int LAST = 29_999;

    private FixedPort() {}

    static Optional<Integer> saved(Path file) {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            int port = Integer.parseInt(Files.readString(file).strip());
            if (port < 1024 || port > 65_535) {
                throw new NumberFormatException(port + " is outside 1024-65535");
            }
            return Optional.of(port);
        } catch (IOException | NumberFormatException e) {
            throw new PostgresFault(
                    PostgresFault.Reason.FILES,
                    file
                            + " does not hold a port number; delete it, and a free port is chosen at the next start.",
                    e);
        }
    }

    static void save(Path file, int port) throws IOException {
        Files.writeString(file, port + "\n");
    }

    static int choose() {
        for (int attempt = 0; attempt < 200; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (isFree(port)) {
                return port;
            }
        }
        throw new PostgresFault(
                PostgresFault.Reason.PORT_TAKEN,
                "No free port was found on "
                        + RolePasswords.HOST
                        + " between "
                        + FIRST
                        + " and "
                        + LAST
                        + ".");
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(RolePasswords.HOST), port), 1);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    static PostgresFault taken(int port, Path file) {
        return new PostgresFault(
                PostgresFault.Reason.PORT_TAKEN,
                "Port "
                        + port
                        + " on "
                        + RolePasswords.HOST
                        + ", which "
                        + file
                        + " keeps for this Postgres, is in use"
                        + " by another program. Stop that program, or delete the file to have another port chosen.");
    }
}

package io.farandole.local.running;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Where an installation listens, always on this machine alone. */
public record Ports(int api, int management, int pubsub) {

    /** The same ports, any free one where 0 was asked for; refuses those that are taken. */
    public Ports checked() {
        return new Ports(
                checked(api, "API", "--api-port"),
                checked(management, "management", "--management-port"),
                checked(pubsub, "Pub/Sub", "--pubsub-port"));
    }

    private static int checked(int port, String name, String option) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the servers do: a port that was just let go is free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw taken(port + " (" + name + ")", port, option, e);
        }
    }

    /** When a server finds it taken although it was free at the check. */
    static Failure taken(int port, Exception e) {
        return taken(
                Integer.toString(port), port, "--api-port, --management-port or --pubsub-port", e);
    }

    /** When the only port of a command is taken. */
    public static Failure taken(int port, String option, Exception e) {
        return taken(Integer.toString(port), port, option, e);
    }

    private static Failure taken(String which, int port, String option, Exception e) {
        String owner = PortOwner.of(port).map(who -> " by " + who).orElse("");
        return new Failure(
                ExitCode.IN_USE,
                "Port "
                        + which
                        + " is taken"
                        + owner
                        + ". Stop that, or choose another port with "
                        + option
                        + " (0 takes any free one).",
                e);
    }
}

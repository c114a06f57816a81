package io.farandole.local.command;

import io.farandole.local.running.Ports;
import picocli.CommandLine.Option;

/** Where to listen. */
final class PortOptions {

    @Option(
            names = "--api-port",
            converter = PortNumber.class,
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "The API's port; 0 takes any free one (default: ${DEFAULT-VALUE}).")
    private int api;

    @Option(
            names = "--management-port",
            converter = PortNumber.class,
            paramLabel = "PORT",
            defaultValue = "8082",
            description = "Health's and metrics' port (default: ${DEFAULT-VALUE}).")
    private int management;

    @Option(
            names = "--pubsub-port",
            converter = PortNumber.class,
            paramLabel = "PORT",
            defaultValue = "8085",
            description = "Pub/Sub's port (default: ${DEFAULT-VALUE}).")
    private int pubsub;

    Ports ports() {
        return new Ports(api, management, pubsub);
    }
}

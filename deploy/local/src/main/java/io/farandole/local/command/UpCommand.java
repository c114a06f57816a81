package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.Farandole;
import io.farandole.local.asking.Api;
import io.farandole.local.console.Console;
import io.farandole.local.running.AllInOne;
import io.farandole.local.running.Background;
import io.farandole.local.running.DataDirectory;
import io.farandole.local.running.Instance;
import io.farandole.local.running.Ports;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts everything and leaves it running. */
@Command(
        name = "up",
        description = {
            "Start everything in the background and wait until it answers.",
            "What it knows is kept in the data directory and is there again the next time:"
                    + " .farandole in the current directory, or --data."
        },
        exitCodeList = {
            "0:it answers",
            "1:a part did not start",
            "5:a port or the data directory is in use"
        },
        footer = {
            "  farandole up",
            "  farandole up --data /var/tmp/farandole --api-port 0",
            "  farandole up --foreground"
        })
final class UpCommand extends Subcommand {

    @Mixin private final PortOptions ports = new PortOptions();

    @Mixin private final JournalOptions journal = new JournalOptions();

    @Option(names = "--foreground", description = "Stay here until Ctrl-C or SIGTERM.")
    private boolean foreground;

    @Override
    ExitCode run() throws Exception {
        return foreground ? stay() : leave();
    }

    private ExitCode leave() throws InterruptedException {
        Console console = shared().console();
        DataDirectory directory = shared().directory();
        Background background = Background.start(directory, Farandole.class, arguments());
        Instance instance = background.awaitReady(line -> console.say("  " + line));
        addresses(console, directory, instance.ports());
        return ExitCode.OK;
    }

    private ExitCode stay() throws InterruptedException {
        Console console = shared().console();
        DataDirectory directory = shared().directory();
        Logging.toFile(directory.logFile());
        AllInOne all = new AllInOne(directory, ports.ports(), journal.bounds(), console::say);
        Runtime.getRuntime().addShutdownHook(new Thread(all::close, "farandole-down"));
        try {
            all.start();
            addresses(console, directory, all.ports());
            all.awaitEnd();
        } finally {
            all.close();
        }
        return ExitCode.OK;
    }

    private List<String> arguments() {
        Ports wanted = ports.ports();
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "up",
                                "--foreground",
                                "--data",
                                shared().directory().toString(),
                                "--api-port",
                                Integer.toString(wanted.api()),
                                "--management-port",
                                Integer.toString(wanted.management()),
                                "--pubsub-port",
                                Integer.toString(wanted.pubsub())));
        arguments.addAll(journal.arguments());
        return arguments;
    }

    private static void addresses(Console console, DataDirectory directory, Ports ports) {
        try (Api api = new Api(ports)) {
            console.say("");
            console.say("API          " + api.recommendationsOf("USER"));
            console.say("Health       " + api.health());
            console.say("Pub/Sub      127.0.0.1:" + ports.pubsub() + " (PUBSUB_EMULATOR_HOST)");
            console.say("Data, logs   " + directory);
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("data", directory.toString());
            document.put("ports", ports);
            console.result(document);
        }
    }
}

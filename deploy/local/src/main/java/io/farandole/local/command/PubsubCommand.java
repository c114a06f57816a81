package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.running.Ports;
import io.farandole.pubsub.EmbeddedPubSub;
import io.farandole.pubsub.PortInUseException;
import io.farandole.pubsub.journal.DirectoryInUseException;
import io.farandole.pubsub.journal.JournalException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** A Pub/Sub server alone, for whatever speaks to one. */
@Command(
        name = "pubsub",
        description = {
            "Start a Pub/Sub server alone, for clients of any language, until Ctrl-C.",
            "Google's clients use it where PUBSUB_EMULATOR_HOST names it. It needs no account, and"
                    + " nothing else of this house runs."
        },
        exitCodeList = {
            "130:it ran until Ctrl-C",
            "1:the journal is damaged or cannot be written",
            "5:the port or the journal's directory is in use"
        },
        footer = {
            "  farandole pubsub",
            "  farandole pubsub --port 9085 --journal /var/tmp/pubsub --journal-limit 2GB",
            "  export PUBSUB_EMULATOR_HOST=127.0.0.1:8085"
        })
final class PubsubCommand extends Subcommand {

    /**
     * What a script is told.
     *
     * @param environment what its clients need in theirs
     */
    record Running(
            String endpoint, int port, @Nullable String journal, Map<String, String> environment) {}

    @Option(
            names = "--port",
            converter = PortNumber.class,
            paramLabel = "PORT",
            defaultValue = "8085",
            description = "Where to listen; 0 takes any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description =
                    "Keep topics, subscriptions and messages there, over restarts (default: in"
                            + " memory, and forgotten at the end).")
    private @Nullable Path journal;

    @Option(
            names = "--journal-limit",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            description =
                    "The most that the journal may take, such as 500MB or 2GB; beyond it, publishes are"
                            + " refused until messages are acknowledged (default: no limit).")
    private long journalLimit = Long.MAX_VALUE;

    @Override
    ExitCode run() {
        CountDownLatch ended = new CountDownLatch(1);
        EmbeddedPubSub server = start();
        Thread atEnd = new Thread(() -> end(server, ended), "farandole-pubsub-down");
        Runtime.getRuntime().addShutdownHook(atEnd);
        try {
            say(server);
            ended.await();
        } catch (InterruptedException e) {
            // As good as Ctrl-C, for who runs the command in a thread.
            Runtime.getRuntime().removeShutdownHook(atEnd);
            end(server, ended);
        }
        return ExitCode.OK;
    }

    private EmbeddedPubSub start() {
        if (journal == null && journalLimit != Long.MAX_VALUE) {
            throw new ParameterException(
                    shared().command().commandLine(),
                    "--journal-limit is of a journal: say where with --journal");
        }
        EmbeddedPubSub.Builder builder = EmbeddedPubSub.builder().port(port);
        try {
            return journal == null
                    ? builder.start()
                    : builder.journal(journal).journalLimit(journalLimit).start();
        } catch (PortInUseException e) {
            throw Ports.taken(e.port(), "--port", e);
        } catch (DirectoryInUseException e) {
            throw new Failure(ExitCode.IN_USE, String.valueOf(e.getMessage()), e);
        } catch (JournalException e) {
            throw new Failure(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private static void end(EmbeddedPubSub server, CountDownLatch ended) {
        server.close();
        ended.countDown();
    }

    private void say(EmbeddedPubSub server) {
        Console console = shared().console();
        String kept = journal == null ? "in memory alone" : journal.toAbsolutePath().toString();
        console.say("Pub/Sub      " + server.endpoint() + ", until Ctrl-C");
        console.say("Journal      " + kept);
        console.say("");
        console.say("For clients  export PUBSUB_EMULATOR_HOST=" + server.endpoint());
        console.result(
                new Running(
                        server.endpoint(),
                        server.port(),
                        journal == null ? null : kept,
                        Map.of("PUBSUB_EMULATOR_HOST", server.endpoint())));
    }
}

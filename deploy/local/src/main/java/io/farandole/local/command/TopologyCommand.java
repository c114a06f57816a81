package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.topology.PlatformTopology;
import io.farandole.local.topology.TopologyDocuments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells which processor reads, keeps and says what. */
@Command(
        name = "topology",
        description = {
            "Tell which processor reads what, keeps what and says what, read off the code: nothing"
                    + " needs to run.",
            "With --json, the topology as JSON; with --format asyncapi too, that document as JSON."
        },
        exitCodeList = {"0:told, or written", "1:a document cannot be written"},
        footer = {
            "  farandole topology",
            "  farandole topology --format mermaid",
            "  farandole topology --format asyncapi > asyncapi.yaml",
            "  farandole topology --write docs"
        })
final class TopologyCommand extends Subcommand {

    /** How it is told. */
    enum Format {
        TEXT,
        MERMAID,
        JSON,
        ASYNCAPI
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description =
                    "text, as Kafka Streams describes a topology; mermaid; json; asyncapi, version 3 as"
                            + " YAML (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    @Option(
            names = "--write",
            paramLabel = "DIR",
            description =
                    "Write topology.md, topology.json and asyncapi.yaml there, as they are committed.")
    private @Nullable Path directory;

    @Override
    ExitCode run() {
        Console console = shared().console();
        PlatformTopology platform = PlatformTopology.read();
        if (directory != null) {
            List<String> written = write(platform, directory);
            console.say("Written: " + String.join(", ", written));
            console.result(Map.of("written", written));
        } else if (shared().json()) {
            console.result(format == Format.ASYNCAPI ? platform.asyncApi() : platform.topology());
        } else {
            console.say(text(platform).stripTrailing());
        }
        return ExitCode.OK;
    }

    private String text(PlatformTopology platform) {
        return switch (format) {
            case TEXT -> platform.text();
            case MERMAID -> platform.mermaid();
            case JSON -> platform.json();
            case ASYNCAPI -> platform.asyncApiYaml();
        };
    }

    private static List<String> write(PlatformTopology platform, Path directory) {
        try {
            return new TopologyDocuments(platform)
                    .write(directory).stream().map(Path::toString).toList();
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED,
                    "Cannot write to " + directory + " (" + e + "). Name another with --write.",
                    e);
        }
    }
}

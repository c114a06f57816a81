package io.farandole.benchmarks.pubsub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A Pub/Sub server in a process of its own. */
public sealed interface Server extends AutoCloseable permits BareServer, EmbeddedServer, Emulator {

    String name();

    /** Where it listens, as HOST:PORT. */
    String endpoint();

    Process process();

    /** How long it took until it could be called. */
    double startMillis();

    @Override
    void close();

    /** How many messages are not acknowledged, over all subscriptions; 0 if it does not tell. */
    default long unacknowledged() throws IOException {
        return 0;
    }

    /** The memory that the process holds, where the system tells. */
    default OptionalLong residentBytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process().pid()), "status");
        if (!Files.isReadable(status)) {
            return OptionalLong.empty();
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst();
        }
    }
}

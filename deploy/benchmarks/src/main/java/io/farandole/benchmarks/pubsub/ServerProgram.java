package io.farandole.benchmarks.pubsub;

import io.farandole.pubsub.EmbeddedPubSub;
import io.farandole.pubsub.SubscriptionCounts;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * The server to be measured, alone in its JVM. Says how long its start took and where it listens;
 * then answers questions, line by line, until there are no more.
 */
final class ServerProgram {

    private ServerProgram() {}

    /**
     * @param arguments the journal's directory, if there is to be one
     */
    public static void main(String[] arguments) throws Exception {
        // a JVM that runs has its logging; that takes longer to load than a server
        LoggerFactory.getLogger(ServerProgram.class).debug("started");
        long before = System.nanoTime();
        EmbeddedPubSub.Builder builder = EmbeddedPubSub.builder();
        if (arguments.length > 0) {
            builder.journal(Path.of(arguments[0]));
        }
        try (EmbeddedPubSub server = builder.start()) {
            System.out.println((System.nanoTime() - before) + " " + server.endpoint());
            BufferedReader questions =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = questions.readLine(); line != null; line = questions.readLine()) {
                System.out.println(answer(EmbeddedServer.Question.valueOf(line), server));
            }
        }
    }

    private static long answer(EmbeddedServer.Question question, EmbeddedPubSub server) {
        return switch (question) {
            case HEAP -> heapInUse();
            case BACKLOG ->
                    server.subscriptionCounts().stream()
                            .mapToLong(ServerProgram::unacknowledged)
                            .sum();
            case START_ANOTHER -> startAnother();
        };
    }

    private static long unacknowledged(SubscriptionCounts counts) {
        return (long) counts.waiting() + counts.outstanding();
    }

    private static long heapInUse() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long startAnother() {
        long before = System.nanoTime();
        try (EmbeddedPubSub another = EmbeddedPubSub.start()) {
            return another.port() > 0 ? System.nanoTime() - before : -1;
        }
    }
}

package io.farandole.benchmarks.api.serving;

import io.farandole.benchmarks.process.Asked;
import io.farandole.orchestrator.OrchestratorApplication;
import io.farandole.processors.ProcessorsApplication;
import io.farandole.pubsub.EmbeddedPubSub;
import io.farandole.pubsub.SubscriptionCounts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * All but the API and Postgres, as the all-in-one runs it: broker, orchestrator, processors. Says
 * where the broker listens; then {@code backlog}, what is not acknowledged yet.
 */
final class PlatformProgram implements Asked.Opened {

    static final String BROKER = "broker";
    static final String JOURNAL = "journal";
    static final String ORCHESTRATOR = "orchestrator";
    static final String PROCESSORS = "processors";

    private static final String EMULATOR = "spring.cloud.gcp.pubsub.emulator-host";

    private final EmbeddedPubSub broker;
    private final ConfigurableApplicationContext orchestrator;
    private final ConfigurableApplicationContext processors;

    private PlatformProgram(Map<String, Map<String, Object>> settings) {
        broker =
                EmbeddedPubSub.builder()
                        .journal(Path.of(String.valueOf(of(settings, BROKER).get(JOURNAL))))
                        .start();
        orchestrator =
                Settings.run(OrchestratorApplication.builder(), heard(of(settings, ORCHESTRATOR)));
        processors = Settings.run(ProcessorsApplication.builder(), heard(of(settings, PROCESSORS)));
    }

    public static void main(String[] arguments) throws Exception {
        Asked.answer(first -> new PlatformProgram(Settings.parse(first)));
    }

    private Map<String, Object> heard(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(EMULATOR, broker.endpoint());
        return all;
    }

    private static Map<String, Object> of(
            Map<String, Map<String, Object>> settings, String service) {
        return Objects.requireNonNull(settings.get(service), service);
    }

    @Override
    public String greeting() {
        return broker.endpoint();
    }

    @Override
    public String to(String question) {
        if (!question.equals("backlog")) {
            throw new IllegalArgumentException(question);
        }
        return Long.toString(
                broker.subscriptionCounts().stream()
                        .mapToLong(PlatformProgram::unacknowledged)
                        .sum());
    }

    private static long unacknowledged(SubscriptionCounts counts) {
        return (long) counts.waiting() + counts.outstanding();
    }

    @Override
    public void close() {
        processors.close();
        orchestrator.close();
        broker.close();
    }
}

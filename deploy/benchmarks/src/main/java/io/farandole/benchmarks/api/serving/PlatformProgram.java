package io.farandole.benchmarks.api.serving;

import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.PublisherGrpc;
import io.farandole.benchmarks.process.Asked;
import io.farandole.events.TopicCatalogue;
import io.farandole.local.running.WithoutSocket;
import io.farandole.orchestrator.OrchestratorApplication;
import io.farandole.processors.ProcessorsApplication;
import io.farandole.pubsub.EmbeddedPubSub;
import io.farandole.pubsub.SubscriptionCounts;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * All but the API and Postgres, as the all-in-one runs it: broker, orchestrator, processors. Says
 * where the broker listens; then {@code backlog}, what processors have not acknowledged yet.
 */
final class PlatformProgram implements Asked.Opened {

    static final String BROKER = "broker";
    static final String JOURNAL = "journal";
    static final String ORCHESTRATOR = "orchestrator";
    static final String PROCESSORS = "processors";

    private static final Set<String> PROCESSORS_HAVE = processorsHave();
    private static final String EMULATOR = "spring.cloud.gcp.pubsub.emulator-host";

    private final EmbeddedPubSub broker;
    private final List<ConfigurableApplicationContext> services = new ArrayList<>();

    private PlatformProgram(Map<String, Map<String, Object>> settings) {
        broker =
                EmbeddedPubSub.builder()
                        .journal(Path.of(String.valueOf(of(settings, BROKER).get(JOURNAL))))
                        .start();
        if (settings.containsKey(ORCHESTRATOR)) {
            services.add(
                    Settings.run(
                            nearby(OrchestratorApplication.builder()),
                            heard(of(settings, ORCHESTRATOR))));
        }
        if (settings.containsKey(PROCESSORS)) {
            services.add(
                    Settings.run(
                            nearby(ProcessorsApplication.builder()),
                            heard(of(settings, PROCESSORS))));
        }
    }

    public static void main(String[] arguments) throws Exception {
        Asked.answer(first -> new PlatformProgram(Settings.parse(first)));
    }

    /** As in the all-in-one: what is in the broker's process needs no socket to it. */
    private SpringApplicationBuilder nearby(SpringApplicationBuilder service) {
        return service.initializers(
                context ->
                        new WithoutSocket(broker).initialize((GenericApplicationContext) context));
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
        String[] words = question.split(" ", 2);
        return switch (words[0]) {
            case "backlog" -> Long.toString(backlog());
            case "delete" -> delete(words[1]);
            default -> throw new IllegalArgumentException(question);
        };
    }

    /** Of processors alone: what an API hears for itself nobody hears when it has ended. */
    private long backlog() {
        return broker.subscriptionCounts().stream()
                .filter(counts -> PROCESSORS_HAVE.contains(name(counts)))
                .mapToLong(SubscriptionCounts::unacknowledged)
                .sum();
    }

    private static String name(SubscriptionCounts counts) {
        return counts.subscription().substring(counts.subscription().lastIndexOf('/') + 1);
    }

    private static Set<String> processorsHave() {
        return TopicCatalogue.all().stream()
                .flatMap(topic -> topic.readers().stream().map(topic::subscriptionOf))
                .collect(Collectors.toUnmodifiableSet());
    }

    private String delete(String topic) {
        ManagedChannel channel =
                ManagedChannelBuilder.forTarget(broker.endpoint()).usePlaintext().build();
        try {
            PublisherGrpc.newBlockingStub(channel)
                    .deleteTopic(DeleteTopicRequest.newBuilder().setTopic(topic).build());
            return "deleted";
        } finally {
            channel.shutdownNow();
        }
    }

    @Override
    public void close() {
        services.reversed().forEach(ConfigurableApplicationContext::close);
        broker.close();
    }
}

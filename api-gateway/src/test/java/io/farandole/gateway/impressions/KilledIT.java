package io.farandole.gateway.impressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.spring.pubsub.core.PubSubTemplate;
import io.farandole.events.Decoded.Understood;
import io.farandole.events.EventCodec;
import io.farandole.events.ImpressionEvent;
import io.farandole.events.TopicCatalogue;
import io.farandole.gateway.OneTry;
import io.farandole.gateway.Platform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A gateway is killed while its impressions are in the outbox; another one tells them. */
@EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
@OneTry
class KilledIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int CALLS = 300;

    private final Platform platform = Platform.shared();
    private final PubSubTemplate pubsub = platform.bean(PubSubTemplate.class);
    private final EventCodec codec = new EventCodec();

    @TempDir Path directory;

    @Test
    void everyImpressionArrivesOnce() throws Exception {
        Set<String> calls = new HashSet<>();
        String[] settings = platform.settings();
        platform.stopBroker();
        try {
            Process gateway = start(settings);
            try {
                int port = port(gateway);
                for (int i = 0; i < CALLS; i++) {
                    calls.add(call(port, i));
                }
                await().atMost(LONG).until(() -> rows() == CALLS);
            } finally {
                gateway.destroyForcibly().waitFor();
            }
            assertThat(rows()).isEqualTo(CALLS);
        } finally {
            platform.startBroker();
        }

        Map<String, String> told = new HashMap<>();
        await().atMost(LONG)
                .until(
                        () -> {
                            pull(told);
                            return told.size() >= CALLS && rows() == 0;
                        });

        assertThat(told.values()).containsExactlyInAnyOrderElementsOf(calls);
    }

    private void pull(Map<String, String> callsById) {
        pubsub.pullAndAck(TopicCatalogue.IMPRESSIONS.name() + ".test", 1000, true)
                .forEach(
                        message -> {
                            var decoded =
                                    codec.decode(
                                            TopicCatalogue.IMPRESSIONS,
                                            message.getAttributesMap(),
                                            message.getData().toByteArray(),
                                            Instant.EPOCH);
                            var event = ((Understood<ImpressionEvent>) decoded).message();
                            callsById.put(event.envelope().id(), event.event().call());
                        });
    }

    private long rows() {
        return platform.count("select count(*) from gateway.outbox");
    }

    private Process start(String... settings) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                GatewayProcess.class.getName(),
                                directory.resolve("port").toString()));
        command.addAll(List.of(settings));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile())
                .start();
    }

    private int port(Process gateway) {
        return await().atMost(LONG)
                .failFast(() -> assertThat(gateway.isAlive()).isTrue())
                .until(
                        () ->
                                Files.exists(directory.resolve("port"))
                                        ? Files.readString(directory.resolve("port")).strip()
                                        : "",
                        text -> !text.isEmpty())
                .transform(Integer::parseInt);
    }

    private static String call(int port, int user) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var answer =
                    client.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://127.0.0.1:%d/v1/users/k%d/recommendations"
                                                            .formatted(port, user)))
                                    .build(),
                            BodyHandlers.discarding());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.headers().firstValue("Call-Id").orElseThrow();
        }
    }
}

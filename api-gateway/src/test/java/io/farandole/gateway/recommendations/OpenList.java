package io.farandole.gateway.recommendations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stream of a list, read as it comes. */
final class OpenList implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final HttpClient client;
    private final HttpResponse<Stream<String>> response;

    OpenList(HttpClient client, HttpResponse<Stream<String>> response) {
        this.client = client;
        this.response = response;
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                response.body().forEach(lines::add);
                            } catch (RuntimeException e) {
                                // It was closed.
                                lines.add("closed");
                            }
                        });
    }

    int status() {
        return response.statusCode();
    }

    boolean has(String line) {
        return lines.contains(line);
    }

    List<String> ids() {
        return lines.stream()
                .filter(line -> line.startsWith("id:"))
                .map(line -> line.substring("id:".length()))
                .toList();
    }

    List<JsonNode> events() {
        return lines.stream()
                .filter(line -> line.startsWith("data:"))
                .map(line -> JsonMapper.shared().readTree(line.substring("data:".length())))
                .toList();
    }

    void awaitItems(String... lists) {
        await().atMost(LONGEST).untilAsserted(() -> assertThat(shown()).containsExactly(lists));
    }

    private List<String> shown() {
        return events().stream()
                .map(
                        event ->
                                event.path("recommendations")
                                        .valueStream()
                                        .map(one -> one.path("item").asString())
                                        .collect(Collectors.joining(",")))
                .toList();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}

package io.farandole.benchmarks.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Users who look at their lists, and see which event the last one goes back to. */
final class ListStreams implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DATA = "data:";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;
    private final Map<String, CompletableFuture<Instant>> awaited = new ConcurrentHashMap<>();
    private volatile boolean ends;
    private CountDownLatch opening = new CountDownLatch(0);

    private ListStreams(int port) {
        this.port = port;
    }

    /** Those of the first users; returns when each has a list. */
    static ListStreams opened(int port, int users) throws IOException, InterruptedException {
        ListStreams streams = new ListStreams(port);
        streams.open(users);
        return streams;
    }

    private void open(int users) throws IOException, InterruptedException {
        opening = new CountDownLatch(users);
        for (int user = 1; user <= users; user++) {
            String address = address(port, Integer.toString(user)) + "/stream?limit=20";
            HttpResponse<Stream<String>> stream =
                    CLIENT.send(
                            HttpRequest.newBuilder(URI.create(address))
                                    .header("Accept", "text/event-stream")
                                    .build(),
                            HttpResponse.BodyHandlers.ofLines());
            if (stream.statusCode() != 200) {
                throw new IOException(address + " answers " + stream.statusCode());
            }
            Thread.ofVirtual().start(() -> follow(stream.body()));
        }
        if (!opening.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException(opening.getCount() + " streams did not begin with a list");
        }
    }

    /** Completed when a stream has a list that goes back to that event. */
    CompletableFuture<Instant> awaited(String id) {
        return awaited.computeIfAbsent(id, _ -> new CompletableFuture<>());
    }

    private void follow(Stream<String> lines) {
        boolean[] first = {true};
        try (lines) {
            lines.takeWhile(_ -> !ends)
                    .filter(line -> line.startsWith(DATA))
                    .forEach(
                            line -> {
                                Instant now = Instant.now();
                                if (first[0]) {
                                    first[0] = false;
                                    opening.countDown();
                                }
                                seen(line.substring(DATA.length()), now);
                            });
        } catch (UncheckedIOException _) {
            // It was ended from the other side: what is missing is noticed by who waits for it.
        }
    }

    private void seen(String list, Instant now) {
        var json = JsonMapper.shared().readTree(list);
        CompletableFuture<Instant> one =
                awaited.get(json.path("params").path("causedBy").path("id").asString(""));
        if (one != null) {
            one.complete(now);
        }
    }

    /** The event that the answer to a plain request goes back to. */
    static String causeInAnswer(int port, String user) throws InterruptedException {
        try {
            HttpResponse<String> answer =
                    CLIENT.send(
                            HttpRequest.newBuilder(URI.create(address(port, user) + "?limit=20"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return JsonMapper.shared()
                    .readTree(answer.body())
                    .path("params")
                    .path("causedBy")
                    .path("id")
                    .asString("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String address(int port, String user) {
        return "http://127.0.0.1:" + port + "/v1/users/" + user + "/recommendations";
    }

    /** They end with the API, which is closed next. */
    @Override
    public void close() {
        ends = true;
    }
}

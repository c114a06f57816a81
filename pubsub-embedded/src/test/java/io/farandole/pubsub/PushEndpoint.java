package io.farandole.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An HTTP server on loopback that keeps what is pushed to it, and answers as it is told. */
final class PushEndpoint implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Pushed> received = new CopyOnWriteArrayList<>();
    private volatile Function<Pushed, Integer> answers = _ -> 204;

    /** A request as it came. */
    record Pushed(String path, Headers headers, String body) {

        JsonObject json() {
            return JsonParser.parseString(body).getAsJsonObject();
        }

        /** The data of a wrapped message. */
        String text() {
            String data = json().getAsJsonObject("message").get("data").getAsString();
            return new String(Base64.getDecoder().decode(data), UTF_8);
        }
    }

    PushEndpoint() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/push";
    }

    void answer(Function<Pushed, Integer> status) {
        answers = status;
    }

    /** Answers only when the latch is open, if ever. */
    void answerAfter(CountDownLatch latch) {
        answer(
                _ -> {
                    try {
                        latch.await();
                        return 200;
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return 500;
                    }
                });
    }

    List<Pushed> received() {
        return received;
    }

    List<String> texts() {
        return received.stream().map(Pushed::text).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            Pushed pushed =
                    new Pushed(
                            exchange.getRequestURI().toString(),
                            exchange.getRequestHeaders(),
                            body);
            received.add(pushed);
            exchange.sendResponseHeaders(answers.apply(pushed), -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

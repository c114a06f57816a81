package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server on loopback to which messages are pushed; it answers as it is told. */
final class Endpoint implements AutoCloseable {

    record Pushed(Headers headers, String body) {

        JsonObject json() {
            return JsonParser.parseString(body).getAsJsonObject();
        }

        JsonObject message() {
            return json().getAsJsonObject("message");
        }

        String text() {
            return new String(
                    Base64.getDecoder().decode(message().get("data").getAsString()),
                    StandardCharsets.UTF_8);
        }
    }

    private final World world;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Pushed> pushed = new CopyOnWriteArrayList<>();
    private final AtomicInteger answer = new AtomicInteger(204);

    Endpoint(World world) throws IOException {
        this.world = world;
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/push", this::take);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/push";
    }

    /** From now on. */
    void answers(int status) {
        answer.set(status);
    }

    private void take(HttpExchange exchange) throws IOException {
        int status = answer.get();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        pushed.add(new Pushed(exchange.getRequestHeaders(), body));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    List<Pushed> soFar() {
        return List.copyOf(pushed);
    }

    /** Waits until that many came, from the beginning on; it is an error when more do. */
    List<Pushed> received(int count) {
        world.eventually(() -> assertThat(pushed).hasSizeGreaterThanOrEqualTo(count));
        assertThat(pushed).hasSize(count);
        return soFar();
    }

    void staysAt(int count) {
        var _ = received(count);
        world.settle();
        assertThat(pushed).hasSize(count);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

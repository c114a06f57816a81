package io.farandole.orchestrator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Where an OpenTelemetry collector would be: remembers what it was told last, in which names are
 * legible.
 */
final class Collector implements AutoCloseable {

    private final HttpServer server;
    private final AtomicReference<String> told = new AtomicReference<>("");

    private Collector(HttpServer server) {
        this.server = server;
    }

    static Collector start() throws IOException {
        Collector collector =
                new Collector(
                        HttpServer.create(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        collector.server.createContext(
                "/v1/metrics",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    collector.told.set(new String(body, StandardCharsets.ISO_8859_1));
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        collector.server.start();
        return collector;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/metrics";
    }

    String told() {
        return told.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

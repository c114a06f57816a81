package io.farandole.processors.vertex;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.farandole.processors.objects.BucketFolder;
import io.farandole.recommenders.model.TrainedModel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program that a deployed model runs as: answers Vertex AI's predictions with the model that
 * {@code AIP_STORAGE_URI} names. An instance is {@code {"history": {item: weight}, "k": 10}}, its
 * prediction {@code {"items": [the best, the best first]}}. Exit code 1 if there is no model.
 */
public final class ModelServer implements AutoCloseable {

    static final int PORT = 8080;
    static final String PREDICT = "/predict";
    static final String HEALTH = "/isalive";

    private static final int MOST = 1000;
    private static final int FAILED = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TrainedModel model;
    private final HttpServer server;

    // A double, for protobuf writes all numbers as 10.0.
    private record Instance(Map<String, Double> history, double k) {}

    private record Request(List<Instance> instances) {}

    private record Answer(List<String> items) {}

    /** Answers from now on; port 0 for any. */
    ModelServer(TrainedModel model, int port) throws IOException {
        this.model = model;
        server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(PREDICT, this::predict);
        server.createContext(HEALTH, exchange -> reply(exchange, 200, Map.of("status", "alive")));
        server.start();
    }

    public static void main(String[] arguments) throws IOException {
        int failed = serve(System.getenv(), System.err);
        if (failed != 0) {
            System.exit(failed);
        }
    }

    static int serve(Map<String, String> environment, PrintStream err) throws IOException {
        String files = environment.getOrDefault("AIP_STORAGE_URI", "");
        if (files.isBlank()) {
            err.println("AIP_STORAGE_URI is not set: it names the folder of the model's files");
            return FAILED;
        }
        Path directory = Files.createTempDirectory("farandole-model-");
        BucketFolder.download(URI.create(files), directory);
        ModelServer _ =
                new ModelServer(
                        TrainedModel.load(directory),
                        Integer.parseInt(environment.getOrDefault("AIP_HTTP_PORT", "" + PORT)));
        return 0;
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void predict(HttpExchange exchange) throws IOException {
        List<Answer> predictions;
        try {
            predictions =
                    JSON
                            .readValue(exchange.getRequestBody().readAllBytes(), Request.class)
                            .instances()
                            .stream()
                            .map(this::answer)
                            .toList();
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            reply(
                    exchange,
                    400,
                    Map.of(
                            "error",
                            "expected {\"instances\": [{\"history\": {item: weight}, \"k\": 1 to "
                                    + MOST
                                    + "}]}: "
                                    + e.getMessage()));
            return;
        }
        Map<String, Object> body = new HashMap<>();
        body.put("predictions", predictions);
        reply(exchange, 200, body);
    }

    private Answer answer(Instance instance) {
        if (!(instance.k() >= 1 && instance.k() <= MOST)) {
            throw new IllegalArgumentException("k is " + instance.k());
        }
        return new Answer(model.fold(instance.history()).bestItems((int) instance.k()));
    }

    private static void reply(HttpExchange exchange, int code, Map<String, ?> body)
            throws IOException {
        byte[] json = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, json.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(json);
        }
    }
}

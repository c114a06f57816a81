package io.farandole.processors.lineage;

import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineageClientUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * Sends run events to where they are wanted: one POST each, or one line each in a file.
 * OpenLineage's own transports are not used, for the one for files logs what it could not write and
 * goes on.
 */
final class Transport {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI address;
    private final HttpClient http;

    Transport(URI address) {
        this.address = address;
        this.http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    }

    /**
     * In their order; what fails may have sent the first of them.
     *
     * @throws IOException if one was not taken
     */
    void send(List<RunEvent> events) throws IOException, InterruptedException {
        for (RunEvent event : events) {
            String json = OpenLineageClientUtils.toJson(event);
            if ("file".equals(address.getScheme())) {
                Files.writeString(
                        Path.of(address),
                        json + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } else {
                post(json);
            }
        }
    }

    private void post(String json) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(address)
                                .timeout(PATIENCE)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(
                    address + " answered " + answer.statusCode() + ": " + answer.body());
        }
    }
}

package io.farandole.local.asking;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.running.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API and the management port of a running installation. */
public final class Api implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Ports ports;

    public Api(Ports ports) {
        this.ports = ports;
    }

    /** Where a user's list is. */
    public URI recommendationsOf(String user) {
        return URI.create(
                base(ports.api())
                        + "/v1/users/"
                        + URLEncoder.encode(user, StandardCharsets.UTF_8).replace("+", "%20")
                        + "/recommendations");
    }

    /** Where a user's list is for clients of the old API. */
    public URI formerListOf(String user) {
        return URI.create(
                base(ports.api())
                        + "/playlist_recommendation/"
                        + URLEncoder.encode(user, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    /** What everyone likes in a zone, as much of it as a page has. */
    public URI popularIn(String zone) {
        return URI.create(
                base(ports.api())
                        + "/v1/popular?limit=100&zone="
                        + URLEncoder.encode(zone, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    public URI similarTo(String offer) {
        return URI.create(
                base(ports.api())
                        + "/v1/offers/"
                        + URLEncoder.encode(offer, StandardCharsets.UTF_8).replace("+", "%20")
                        + "/similar");
    }

    /** Where events are posted. */
    public URI events() {
        return URI.create(base(ports.api()) + "/v1/events");
    }

    /** Where the processors' and services' health is told. */
    public URI health() {
        return URI.create(base(ports.management()) + "/actuator/health");
    }

    /** Where it is told how far each reader is behind. */
    public URI lag() {
        return URI.create(base(ports.management()) + "/actuator/lag");
    }

    /** Where it is told how much the archive holds. */
    public URI archive() {
        return URI.create(base(ports.management()) + "/actuator/archive");
    }

    /** Where it is told what bounds the room that is taken. */
    public URI bounds() {
        return URI.create(base(ports.management()) + "/actuator/bounds");
    }

    /** Where the state is computed anew. */
    public URI verify() {
        return URI.create(base(ports.management()) + "/actuator/verify");
    }

    /** A user's list, the best first. */
    public Answer recommendations(String user, int count) {
        return get(URI.create(recommendationsOf(user) + "?limit=" + count));
    }

    public Answer get(URI uri) {
        return get(uri, PATIENCE);
    }

    /** Of what takes its time. */
    public Answer get(URI uri, Duration patience) {
        return answer(uri, HttpRequest.newBuilder(uri).timeout(patience));
    }

    /** By a key. */
    public Answer get(URI uri, String key) {
        return answer(uri, HttpRequest.newBuilder(uri).timeout(PATIENCE).header("X-Api-Key", key));
    }

    private Answer answer(URI uri, HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), json(response.body()));
        } catch (IOException | JacksonException e) {
            throw new Failure(
                    ExitCode.FAILED,
                    uri + " does not answer (" + e + "). See: farandole status",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "Interrupted while asking " + uri, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static JsonNode json(String body) {
        return body.isBlank() ? JSON.createObjectNode() : JSON.readTree(body);
    }

    private static String base(int port) {
        return "http://127.0.0.1:" + port;
    }
}

package io.farandole.gateway.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.Platform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.core.publisher.Flux;

/** What is too large is refused before it is kept, whatever part of a request it is. */
class SizesIT {

    private static final String PLAYLISTS = "/v1/users/1/playlists";

    private final Platform platform = Platform.shared();

    @Test
    void aBodyThatSaysItsSize() {
        refused(post().bodyValue("{\"x\":\"" + "x".repeat(70_000) + "\"}"));
    }

    @Test
    void aBodyThatDoesNot() {
        var buffers = DefaultDataBufferFactory.sharedInstance;
        refused(
                post().body(
                                BodyInserters.fromDataBuffers(
                                        Flux.range(0, 100)
                                                .map(
                                                        _ ->
                                                                buffers.wrap(
                                                                        "x"
                                                                                .repeat(1_000)
                                                                                .getBytes(
                                                                                        StandardCharsets
                                                                                                .US_ASCII))))));
    }

    @Test
    void anAddress() throws IOException {
        assertThat(statusOf("GET /v1/playlists?x=" + "x".repeat(10_000) + " HTTP/1.1\r\n"))
                .startsWith("HTTP/1.1 414 ");
    }

    @Test
    void aHeader() throws IOException {
        assertThat(statusOf("GET /check HTTP/1.1\r\nX: " + "x".repeat(40_000) + "\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }

    private WebTestClient.RequestBodySpec post() {
        return platform.api().post().uri(PLAYLISTS).contentType(MediaType.APPLICATION_JSON);
    }

    private static void refused(WebTestClient.RequestHeadersSpec<?> request) {
        request.exchange()
                .expectStatus()
                .isEqualTo(413)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("too-large");
    }

    private String statusOf(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), platform.apiPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            (request + "Host: localhost\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(30), StandardCharsets.US_ASCII);
        }
    }
}

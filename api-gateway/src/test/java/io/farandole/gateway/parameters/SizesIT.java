package io.farandole.gateway.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.farandole.gateway.Platform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.core.publisher.Flux;

/** What is too large is refused before it is kept, whatever part of a request it is. */
class SizesIT {

    private static final String PLAYLISTS = "/v1/users/1/playlists";

    private static final List<String> OF_THE_SERVER = List.of("reactor.netty", "io.netty");

    private final Platform platform = Platform.shared();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        OF_THE_SERVER.forEach(name -> logger(name).addAppender(logged));
    }

    @AfterEach
    void listenNoMore() {
        OF_THE_SERVER.forEach(name -> logger(name).detachAppender(logged));
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    @Test
    void aBodyThatSaysItsSize() {
        refused(post().bodyValue("{\"x\":\"" + "x".repeat(70_000) + "\"}"));
    }

    @Test
    void aBodyThatDoesNot() {
        for (int call = 0; call < 5; call++) {
            refused(post().body(parts(100)));
        }
        // It is no trouble of the server's.
        assertThat(logged.list).isEmpty();
    }

    @Test
    void aBodyWithoutEnd() throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), platform.apiPort())) {
            socket.setSoTimeout(10_000);
            var out = socket.getOutputStream();
            out.write(
                    ("POST "
                                    + PLAYLISTS
                                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Transfer-Encoding: chunked\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk =
                    ("10000\r\n" + "x".repeat(0x10000) + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII);
            // Nobody reads it for ever, whatever is answered.
            assertThatThrownBy(
                            () -> {
                                for (int part = 0; part < 1_000; part++) {
                                    out.write(chunk);
                                }
                            })
                    .isInstanceOf(IOException.class);
        }
        assertThat(logged.list).isEmpty();
    }

    @Test
    void eventsThatDoNot() {
        refused(
                platform.api()
                        .post()
                        .uri("/v1/events")
                        .contentType(MediaType.valueOf("application/cloudevents+json"))
                        .body(parts(1_200)));
        assertThat(logged.list).isEmpty();
    }

    /** So many thousand bytes, and nobody says how many. */
    private static BodyInserter<?, ? super ClientHttpRequest> parts(int thousand) {
        byte[] part = "x".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        return BodyInserters.fromDataBuffers(
                Flux.range(0, thousand)
                        .map(_ -> DefaultDataBufferFactory.sharedInstance.wrap(part)));
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

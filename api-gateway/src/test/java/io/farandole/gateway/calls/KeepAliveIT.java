package io.farandole.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.Platform;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * A connection is read on, however requests and answers meet on it: Reactor Netty before 1.3.8 read
 * no more after a request that had come early was answered at once (its issue 4361).
 */
class KeepAliveIT {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ROUNDS = 20;

    private final Platform platform = Platform.shared();

    @Test
    void whoAsksBeforeTheLastAnswerIsAnsweredAndGoesOn() throws IOException {
        String slow = request("/recommendation/nobody?token=" + Platform.OLD_TOKEN);
        String quick = request("/check");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), platform.apiPort());
                BufferedReader answers =
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            for (int i = 0; i < ROUNDS; i++) {
                socket.getOutputStream().write((slow + quick).getBytes(StandardCharsets.UTF_8));
                assertThat(status(answers)).isEqualTo("HTTP/1.1 200 OK");
                assertThat(status(answers)).isEqualTo("HTTP/1.1 200 OK");
            }
        }
    }

    private static String request(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    /** The first line of the next answer, which is read whole. */
    private static String status(BufferedReader answers) throws IOException {
        String first = answers.readLine();
        int length = 0;
        String line = answers.readLine();
        while (line != null && !line.isEmpty()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring("content-length:".length()).strip());
            }
            line = answers.readLine();
        }
        for (int i = 0; i < length; i++) {
            assertThat(answers.read()).isNotNegative();
        }
        return first;
    }
}

package io.farandole.gateway.access;

import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class LoopbackOnlyTest {

    private final LoopbackOnly door = new LoopbackOnly();

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1:8080",
        "127.0.0.1, localhost:8080",
        "127.8.9.1, localhost",
        "::1, [::1]:8080",
        "::1, localhost"
    })
    void letsThisMachineIn(String remote, String host) throws UnknownHostException {
        StepVerifier.create(call(remote, host, null)).verifyComplete();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.7, localhost:8080",
        "192.168.1.2, 127.0.0.1",
        "2001:db8::1, localhost",
        "127.0.0.1, rebound.example.org:8080",
        "127.0.0.1, 10.0.0.7:8080"
    })
    void keepsOthersOut(String remote, String host) throws UnknownHostException {
        StepVerifier.create(call(remote, host, null))
                .verifyErrorMatches(LoopbackOnlyTest::isKeptOut);
    }

    @Test
    void believesNoHeaderAboutWhereACallComesFrom() throws UnknownHostException {
        StepVerifier.create(call("10.0.0.7", "localhost", "127.0.0.1"))
                .verifyErrorMatches(LoopbackOnlyTest::isKeptOut);
    }

    @Test
    void keepsOutWhoeverHasNoAddress() {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/v1/x"));
        StepVerifier.create(door.filter(exchange, _ -> Mono.empty()))
                .verifyErrorMatches(LoopbackOnlyTest::isKeptOut);
    }

    private Mono<Void> call(
            String remote, String host, @org.jspecify.annotations.Nullable String forwardedFor)
            throws UnknownHostException {
        var request =
                MockServerHttpRequest.get("/v1/users/1/recommendations")
                        .remoteAddress(new InetSocketAddress(InetAddress.getByName(remote), 4711))
                        .header("Host", host);
        if (forwardedFor != null) {
            request.header("X-Forwarded-For", forwardedFor)
                    .header("Forwarded", "for=" + forwardedFor);
        }
        return door.filter(MockServerWebExchange.from(request), _ -> Mono.empty());
    }

    private static boolean isKeptOut(Throwable failure) {
        return failure instanceof ProblemException told && told.code() == ProblemCode.NOT_LOOPBACK;
    }
}

package io.farandole.benchmarks.api.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopsTest {

    private static final Duration STALL = Duration.ofMillis(400);

    private final EventLoopGroup thread =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private int status = 200;

    /** It stalls once, at the tenth request. */
    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    if (asked.incrementAndGet() == 10) {
                        LockSupport.parkNanos(STALL.toNanos());
                    }
                    exchange.sendResponseHeaders(status, 2);
                    exchange.getResponseBody().write("42".getBytes(StandardCharsets.US_ASCII));
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        var _ = thread.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
    }

    @Test
    void atASteadyRateThoseThatWaitBehindASlowOneAreSlowToo() throws InterruptedException {
        Measured measured =
                OpenLoop.run(thread, port(), requests(), 1, 100, Duration.ofMillis(500));

        assertThat(measured.answers()).isEqualTo(50);
        assertThat(measured.failures()).isZero();
        assertThat(measured.p50()).isGreaterThan(50);
        assertThat(measured.max()).isGreaterThanOrEqualTo(STALL.toMillis() - 20.0);
    }

    @Test
    void inAClosedLoopTheSlowOneIsAloneForNothingWaitsBehindIt() throws InterruptedException {
        Measured measured = ClosedLoop.run(thread, port(), requests(), 1, Duration.ofMillis(600));

        assertThat(measured.answers()).isGreaterThan(20);
        assertThat(measured.failures()).isZero();
        assertThat(measured.p50()).isLessThan(STALL.toMillis() / 4.0);
    }

    @Test
    void whatIsNotAnsweredWith200IsAFailure() throws InterruptedException {
        status = 503;

        Measured measured = OpenLoop.run(thread, port(), requests(), 2, 100, Duration.ofMillis(50));

        assertThat(measured.answers()).isZero();
        assertThat(measured.failures()).isEqualTo(5);
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private Requests requests() {
        return new Requests(port(), 10, Kind.BARE, 1);
    }
}

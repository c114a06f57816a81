package io.farandole.gateway.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.gateway.Platform;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

/** Whether a wait that is planted is found: without it the watch could be asleep. */
class BlockedIT {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final Platform platform = Platform.shared();

    @Test
    void findsAWaitOnTheThreadsOfTheSockets() {
        assertThatThrownBy(
                        () ->
                                HttpClient.create()
                                        .get()
                                        .uri("http://127.0.0.1:" + platform.apiPort() + "/check")
                                        .response()
                                        .map(_ -> waited())
                                        .block(LONG))
                .hasRootCauseInstanceOf(BlockingOperationError.class);
        assertThat(Blocked.found()).isNotEmpty();
    }

    @Test
    void findsAWaitWhereEventsAreRead() {
        assertThatThrownBy(
                        () ->
                                Mono.fromCallable(BlockedIT::waited)
                                        .subscribeOn(Schedulers.parallel())
                                        .block(LONG))
                .hasRootCauseInstanceOf(BlockingOperationError.class);
        assertThat(Blocked.found()).hasSize(1);
    }

    private static boolean waited() {
        try {
            return new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

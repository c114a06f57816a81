package io.farandole.pubsub.push;

import com.google.pubsub.v1.PushConfig;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts messages to endpoints; what is not answered well is not acknowledged. */
public final class PushClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PushClient.class);
    private static final Set<Integer> ACKNOWLEDGING = Set.of(102, 200, 201, 202, 204);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable HttpClient http;
    private boolean closed;

    /** Made for the first push: it loads TLS, which would be most of the start of a server. */
    private synchronized HttpClient http() {
        if (closed) {
            throw new IllegalStateException("the server is stopping");
        }
        if (http == null) {
            http =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .proxy(HttpClient.Builder.NO_PROXY)
                            .connectTimeout(Duration.ofSeconds(10))
                            .executor(threads)
                            .build();
        }
        return http;
    }

    /** A request under way. */
    public static final class Push {
        private @Nullable CompletableFuture<?> exchange;
        private boolean cancelled;

        /** Nobody waits for the answer any more; it counts as none. */
        public synchronized void cancel() {
            cancelled = true;
            if (exchange != null) {
                exchange.cancel(true);
            }
        }

        private synchronized void begun(CompletableFuture<?> begun) {
            exchange = begun;
            if (cancelled) {
                begun.cancel(true);
            }
        }
    }

    /** Whether it was acknowledged comes to {@code outcome}, once, on a thread of its own. */
    public Push send(
            PushConfig config, Supplier<PushedMessage> message, Consumer<Boolean> outcome) {
        Push push = new Push();
        try {
            threads.execute(() -> send(config, message, outcome, push));
        } catch (RejectedExecutionException e) {
            LOG.debug("A message was to be pushed while the server stopped; it stays", e);
        }
        return push;
    }

    private void send(
            PushConfig config,
            Supplier<PushedMessage> message,
            Consumer<Boolean> outcome,
            Push push) {
        CompletableFuture<HttpResponse<Void>> exchange;
        try {
            exchange = http().sendAsync(message.get().request(config), BodyHandlers.discarding());
        } catch (RuntimeException e) {
            LOG.warn("A message could not be pushed to {}", config.getPushEndpoint(), e);
            outcome.accept(false);
            return;
        }
        push.begun(exchange);
        var _ =
                exchange.whenCompleteAsync(
                        (response, thrown) ->
                                outcome.accept(acknowledges(config, response, thrown)),
                        threads);
    }

    private static boolean acknowledges(
            PushConfig config, @Nullable HttpResponse<Void> response, @Nullable Throwable thrown) {
        if (response == null) {
            LOG.debug("{} did not answer a push", config.getPushEndpoint(), thrown);
            return false;
        }
        return ACKNOWLEDGING.contains(response.statusCode());
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (http != null) {
            http.shutdownNow();
        }
        threads.shutdown();
    }
}

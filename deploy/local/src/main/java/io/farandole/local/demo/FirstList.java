package io.farandole.local.demo;

import io.farandole.local.asking.Answer;
import io.farandole.local.asking.Api;
import io.farandole.local.inspecting.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices when the API serves the first user a list of their own. */
final class FirstList implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FirstList.class);
    private static final Set<String> OWN = Set.of("taste", "model");
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final CompletableFuture<Instant> served = new CompletableFuture<>();
    private final Thread thread;

    FirstList(Tables tables, Api api) {
        this.thread = Thread.ofVirtual().name("first-list").start(() -> watch(tables, api));
    }

    Optional<Instant> servedAt() {
        return Optional.ofNullable(served.getNow(null));
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch(Tables tables, Api api) {
        try {
            while (!served.isDone()) {
                look(tables, api);
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException _) {
            // No longer wanted.
        }
    }

    private void look(Tables tables, Api api) {
        try {
            Optional<String> user = tables.someUserWithList();
            if (user.isPresent() && isOwn(api.recommendations(user.get(), 1))) {
                served.complete(Instant.now());
            }
        } catch (RuntimeException e) {
            LOG.debug("Not yet", e);
        }
    }

    static boolean isOwn(Answer answer) {
        return answer.isOk()
                && OWN.contains(answer.body().path("params").path("origin").asString(""))
                && !answer.body().path("recommendations").isEmpty();
    }
}

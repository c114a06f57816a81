package io.farandole.local.demo;

import io.farandole.local.asking.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices when the API serves the first user a list of their own. */
final class FirstList implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FirstList.class);
    private static final Set<String> OWN = Set.of("taste", "model");
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    /** In less, what is told of an answer might keep everything from coming to rest. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private static final double LONGER_EACH_TIME = 1.1;

    private final CompletableFuture<Instant> served = new CompletableFuture<>();
    private final Pausing pausing;
    private final Thread thread;

    /** Lets some time pass. */
    @FunctionalInterface
    interface Pausing {
        void pause(Duration time) throws InterruptedException;
    }

    /**
     * Begins to look.
     *
     * @param someUser who has a list
     * @param servesOwn whether that user is served it
     */
    FirstList(Supplier<Optional<String>> someUser, Predicate<String> servesOwn) {
        this(someUser, servesOwn, Thread::sleep);
    }

    FirstList(Supplier<Optional<String>> someUser, Predicate<String> servesOwn, Pausing pausing) {
        this.pausing = pausing;
        this.thread = Thread.ofVirtual().name("first-list").start(() -> watch(someUser, servesOwn));
    }

    Optional<Instant> servedAt() {
        return Optional.ofNullable(served.getNow(null));
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch(Supplier<Optional<String>> someUser, Predicate<String> servesOwn) {
        try {
            Duration pause = FIRST_PAUSE;
            while (!served.isDone()) {
                if (look(someUser, servesOwn)) {
                    pause = longer(pause);
                }
                pausing.pause(pause);
            }
        } catch (InterruptedException _) {
            // No longer wanted.
        }
    }

    private static Duration longer(Duration pause) {
        Duration longer = Duration.ofNanos((long) (pause.toNanos() * LONGER_EACH_TIME));
        return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }

    /** Whether anybody was asked for; it was in vain if it is not done now. */
    private boolean look(Supplier<Optional<String>> someUser, Predicate<String> servesOwn) {
        try {
            Optional<String> user = someUser.get();
            if (user.filter(servesOwn).isPresent()) {
                served.complete(Instant.now());
            }
            return user.isPresent();
        } catch (RuntimeException e) {
            LOG.debug("Not yet", e);
            return false;
        }
    }

    static boolean isOwn(Answer answer) {
        return answer.isOk()
                && OWN.contains(answer.body().path("params").path("origin").asString(""))
                && !answer.body().path("recommendations").isEmpty();
    }
}

package io.farandole.benchmarks.following;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Looks at the read model until lists name what is waited for as their cause. One look is for all
 * that are waited for: the more there are, the less must looking take from the machine that is
 * measured.
 */
public final class WatchingCauses implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(5);

    private final JdbcClient database;
    private final Map<String, Awaited> awaited = new ConcurrentHashMap<>();
    private final Thread thread;

    public WatchingCauses(JdbcClient database) {
        this.database = database;
        this.thread = Thread.ofVirtual().name("watching causes").start(this::watch);
    }

    private record Awaited(String id, CompletableFuture<Instant> seen) {}

    /** Completed with the moment at which the user's list was seen to be caused by that event. */
    public CompletableFuture<Instant> awaited(String user, String id) {
        CompletableFuture<Instant> seen = new CompletableFuture<>();
        Awaited before = awaited.put(user, new Awaited(id, seen));
        if (before != null) {
            throw new IllegalStateException(user + " is waited for already, for " + before.id());
        }
        return seen.whenComplete((_, _) -> awaited.remove(user));
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(LOOK);
                if (!awaited.isEmpty()) {
                    look();
                }
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private void look() {
        try {
            causes().forEach(this::seen);
        } catch (RuntimeException e) {
            awaited.values().forEach(one -> one.seen().completeExceptionally(e));
        }
    }

    private Map<String, String> causes() {
        Map<String, String> causes = new HashMap<>();
        database.sql(
                        """
                        select s.key, s.list -> 'causedBy' ->> 'id'
                        from unnest(cast(:users as text[])) as awaited(user_id)
                        join personalisation.served s on s.key = awaited.user_id
                        """)
                .param("users", awaited.keySet().toArray(String[]::new))
                .query(
                        row -> {
                            causes.put(row.getString(1), String.valueOf(row.getString(2)));
                        });
        return causes;
    }

    private void seen(String user, String cause) {
        Awaited one = awaited.get(user);
        if (one != null && one.id().equals(cause)) {
            one.seen().complete(Instant.now());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}

package io.farandole.gateway.live;

import io.farandole.events.UserId;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** All who look at lists, in this instance. */
@Component
public class OpenStreams {

    static final String OPEN = "farandole.api.live.streams";

    /** Of more items than these everybody who looks is concerned: asking would cost more. */
    private static final int MOST_ITEMS = 1_000;

    private final Map<UserId, Set<OpenStream>> byUser = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final Sinks.Empty<Void> ending = Sinks.empty();
    private final LiveSettings settings;
    private final Duration retryAfter;
    private final AtomicLong itemChanges = new AtomicLong();
    private final AtomicBoolean anybodyLooked = new AtomicBoolean();
    private volatile Runnable onFirst = () -> {};
    private volatile boolean hears;
    private volatile boolean ended;

    OpenStreams(LiveSettings settings, GatewaySettings gateway, MeterRegistry meters) {
        this.settings = settings;
        this.retryAfter = gateway.retryAfter();
        meters.gauge(OPEN, open);
    }

    /**
     * One more who looks; to be closed. From now on it is told of every change.
     *
     * @throws ProblemException if there are as many as may be, or if nothing is heard of changes
     */
    public OpenStream open(UserId user) {
        if (!hears || ended) {
            throw ProblemException.unavailable(
                    ProblemCode.BROKER_UNAVAILABLE,
                    "Nothing is heard of changes now; ask again after the seconds in Retry-After",
                    List.of(),
                    retryAfter,
                    null);
        }
        if (open.incrementAndGet() > settings.streams()) {
            open.decrementAndGet();
            throw tooMany("As many streams are open as may be, " + settings.streams());
        }
        OpenStream stream = new OpenStream(user);
        Set<OpenStream> now =
                byUser.compute(
                        user,
                        (_, before) -> {
                            Set<OpenStream> all =
                                    before == null ? ConcurrentHashMap.newKeySet() : before;
                            if (all.size() < settings.perUser()) {
                                all.add(stream);
                            }
                            return all;
                        });
        if (!now.contains(stream)) {
            open.decrementAndGet();
            throw tooMany("As many streams of this user are open as may be, " + settings.perUser());
        }
        if (anybodyLooked.compareAndSet(false, true)) {
            onFirst.run();
        }
        return stream;
    }

    public void close(OpenStream stream) {
        stream.close();
        byUser.computeIfPresent(
                stream.user(),
                (_, all) -> {
                    if (all.remove(stream)) {
                        open.decrementAndGet();
                    }
                    return all.isEmpty() ? null : all;
                });
    }

    /** How often items have changed: to be known before a list is read. */
    public long itemChanges() {
        return itemChanges.get();
    }

    /**
     * These items were looked at for a list, shown or not: of their changes it is told.
     *
     * @param known the number of changes before it was read; if one came meanwhile that may concern
     *     it, it is read again
     */
    public void looksAt(OpenStream stream, Collection<String> items, long known) {
        if (stream.looksAt(items) && itemChanges.get() != known) {
            stream.changed();
        }
    }

    /** Comes when we are about to end. */
    public Mono<Void> ending() {
        return ending.asMono();
    }

    void changed(UserId user) {
        byUser.getOrDefault(user, Set.of()).forEach(OpenStream::changed);
    }

    /** What is heard of this user will be in the read models, in a moment if not yet. */
    void willChange(UserId user) {
        byUser.getOrDefault(user, Set.of()).forEach(OpenStream::willChange);
    }

    /** Of these items something else may be shown than before. */
    void itemsChanged(Collection<String> items) {
        itemChanges.incrementAndGet();
        byUser.values()
                .forEach(
                        all ->
                                all.stream()
                                        .filter(
                                                stream ->
                                                        items.size() > MOST_ITEMS
                                                                || stream.mayShow(items))
                                        .forEach(OpenStream::willChange));
    }

    /** Is done once, when somebody looks for the first time. */
    void onFirst(Runnable action) {
        onFirst = action;
    }

    void allChanged() {
        byUser.values().forEach(all -> all.forEach(OpenStream::changed));
    }

    /** Whether changes are heard of. */
    void hears(boolean does) {
        hears = does;
    }

    /** Ends all, and opens no more. */
    void end() {
        ended = true;
        ending.tryEmitEmpty();
    }

    private ProblemException tooMany(String detail) {
        return ProblemException.of(ProblemCode.TOO_MANY_REQUESTS, detail)
                .with("Retry-After", Long.toString(retryAfter.toSeconds()));
    }
}

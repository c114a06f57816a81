package io.farandole.gateway.live;

import io.farandole.events.UserId;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** All who look at lists, in this instance. */
@Component
public class OpenStreams {

    static final String OPEN = "farandole.api.live.streams";

    private final Map<UserId, Set<OpenStream>> byUser = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final Sinks.Empty<Void> ending = Sinks.empty();
    private final LiveSettings settings;
    private final Duration retryAfter;
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
        return stream;
    }

    public void close(OpenStream stream) {
        byUser.computeIfPresent(
                stream.user(),
                (_, all) -> {
                    if (all.remove(stream)) {
                        open.decrementAndGet();
                    }
                    return all.isEmpty() ? null : all;
                });
    }

    /** Comes when we are about to end. */
    public Mono<Void> ending() {
        return ending.asMono();
    }

    void changed(UserId user) {
        byUser.getOrDefault(user, Set.of()).forEach(OpenStream::changed);
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

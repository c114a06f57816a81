package io.farandole.gateway.recommendations;

import io.farandole.events.UserId;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.calls.Skips;
import io.farandole.gateway.eligibility.Wish;
import io.farandole.gateway.live.LiveSettings;
import io.farandole.gateway.live.OpenStream;
import io.farandole.gateway.live.OpenStreams;
import io.farandole.gateway.problems.ProblemException;
import io.farandole.gateway.recommendations.Recommending.Found;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * A user's list, and again whenever it has changed. What changes while the last one is on its way
 * comes as one; what was sent is not sent again.
 */
@Component
class StreamingLists {

    private static final String EVENT = "recommendations";
    private static final Duration COME_BACK_AFTER = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Recommending recommending;
    private final OpenStreams streams;
    private final LiveSettings settings;
    private final Duration retryAfter;
    private final Clock clock = Clock.systemUTC();

    StreamingLists(
            Recommending recommending,
            OpenStreams streams,
            LiveSettings settings,
            GatewaySettings gateway) {
        this.recommending = recommending;
        this.streams = streams;
        this.settings = settings;
        this.retryAfter = gateway.retryAfter();
    }

    /**
     * Begins with the list as it is now, or with a comment if the client has that one.
     *
     * @param known the id of the last event that the client has; null for none
     */
    Flux<ServerSentEvent<Recommendations>> of(UserId user, Wish wish, @Nullable String known) {
        return Flux.using(
                // Before the list is read: what changes from then on is told.
                () -> streams.open(user),
                open -> events(open, new Looking(user, wish, known, open)),
                streams::close);
    }

    /** What one client has. */
    private static final class Looking {

        private final OpenStream open;
        private final UserId user;
        private final Wish wish;
        private final long seed = ThreadLocalRandom.current().nextLong();
        private final AtomicReference<@Nullable String> sent;
        private final AtomicBoolean first = new AtomicBoolean(true);

        Looking(UserId user, Wish wish, @Nullable String known, OpenStream open) {
            this.open = open;
            this.user = user;
            this.wish = wish;
            this.sent = new AtomicReference<>(known);
        }
    }

    private Flux<ServerSentEvent<Recommendations>> events(OpenStream open, Looking looking) {
        Flux<ServerSentEvent<Recommendations>> lists =
                open.changes()
                        .startWith(0L)
                        // A slow client waits for the latest alone.
                        .onBackpressureLatest()
                        .concatMap(_ -> next(open, looking), 0);
        Flux<ServerSentEvent<Recommendations>> beats =
                Flux.interval(settings.heartbeat())
                        .onBackpressureDrop()
                        .map(_ -> comment("still here"));
        return Flux.merge(1, lists, beats).takeUntilOther(streams.ending());
    }

    private Flux<ServerSentEvent<Recommendations>> next(OpenStream open, Looking looking) {
        Mono<ServerSentEvent<Recommendations>> event =
                looking.first.getAndSet(false)
                        ? read(looking)
                                .doOnNext(
                                        read -> {
                                            if (isDegraded(read)) {
                                                later(open);
                                            }
                                        })
                                .map(read -> unlessSent(read, looking).orElse(comment("unchanged")))
                        : read(looking)
                                // Of what is open, a list that is worse than the last is no change.
                                .filter(read -> !isDegraded(read))
                                .switchIfEmpty(Mono.error(Degraded::new))
                                .retryWhen(untilItCanBeRead())
                                .flatMap(read -> Mono.justOrEmpty(unlessSent(read, looking)));
        return event.flux().concatWith(Mono.delay(settings.atMostEvery()).then(Mono.empty()));
    }

    private record Read(Found found, Call call) {

        Recommendations answer() {
            return found.answer();
        }
    }

    private Mono<Read> read(Looking looking) {
        return Mono.defer(
                () -> {
                    long changes = streams.itemChanges();
                    Call call = new Call(UUID.randomUUID().toString(), false, new Skips());
                    return recommending
                            .unseen(looking.user, looking.wish, looking.seed, call)
                            // Before it is sent: what changes from then on is told.
                            .doOnNext(
                                    unseen ->
                                            streams.looksAt(
                                                    looking.open,
                                                    unseen.found().lookedAt(),
                                                    changes))
                            .doOnNext(unseen -> looksAgainAt(looking.open, unseen.until()))
                            .map(unseen -> new Read(unseen.found(), call));
                });
    }

    /** What is over by itself nobody tells. */
    private void looksAgainAt(OpenStream open, @Nullable Instant time) {
        open.looksAgainIn(
                time == null ? null : Duration.between(clock.instant(), time.plusMillis(1)));
    }

    private static boolean isDegraded(Read read) {
        return !read.answer().params().skipped().isEmpty();
    }

    private void later(OpenStream open) {
        Mono.delay(retryAfter).subscribe(_ -> open.changed());
    }

    private static Retry untilItCanBeRead() {
        return Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(500))
                .maxBackoff(LONGEST_PAUSE)
                .filter(
                        failure ->
                                failure instanceof Degraded || failure instanceof ProblemException);
    }

    private Optional<ServerSentEvent<Recommendations>> unlessSent(Read read, Looking looking) {
        String id = read.answer().version();
        if (Objects.equals(looking.sent.getAndSet(id), id)) {
            return Optional.empty();
        }
        recommending.shown(read.found(), read.call());
        return Optional.of(
                ServerSentEvent.builder(read.answer())
                        .id(id)
                        .event(EVENT)
                        .retry(COME_BACK_AFTER)
                        .build());
    }

    private static ServerSentEvent<Recommendations> comment(String text) {
        return ServerSentEvent.<Recommendations>builder().comment(text).build();
    }

    /** Stages of it were skipped. */
    private static final class Degraded extends RuntimeException {

        private static final long serialVersionUID = 1;

        Degraded() {
            super("the list could not be read", null, false, false);
        }
    }
}

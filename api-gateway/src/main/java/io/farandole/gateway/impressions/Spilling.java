package io.farandole.gateway.impressions;

import io.farandole.events.Encoded;
import io.farandole.gateway.impressions.Lost.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Writes to the outbox what the broker does not take in time, and tells it when it is back: the
 * very same message, so that what the broker hears twice counts once.
 */
final class Spilling {

    static final String SPILLED = "farandole.api.impressions.spilled";
    static final String RELAYED = "farandole.api.impressions.relayed";

    private static final Logger log = LoggerFactory.getLogger(Spilling.class);

    private static final int MOST = 500;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration BETWEEN_PROBES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Telling telling;
    private final Outbox outbox;
    private final Lost lost;
    private final Counter spilled;
    private final Counter relayed;

    // What the broker's client has of the outbox, and has not said what became of it: it is not
    // given to it twice.
    private final Map<UUID, Mono<String>> underway = new ConcurrentHashMap<>();
    private int batch = MOST;
    private volatile long nextRelay = System.nanoTime();
    private volatile long quietUntil = System.nanoTime();
    private final Disposable.Composite loops = Disposables.composite();

    Spilling(Telling telling, Outbox outbox, Lost lost, MeterRegistry meters) {
        this.telling = telling;
        this.outbox = outbox;
        this.lost = lost;
        this.spilled = meters.counter(SPILLED);
        this.relayed = meters.counter(RELAYED);
    }

    void start() {
        if (outbox.isThere()) {
            // Two: what is to be kept does not wait for what is to be told.
            loops.add(again(Mono.defer(this::spill)));
            loops.add(again(Mono.defer(this::relay).doOnError(_ -> later(BETWEEN_PROBES))));
        } else {
            log.warn(
                    "No farandole.api.outbox.url is set: impressions that the broker does not take"
                            + " are lost");
        }
    }

    void stop() {
        loops.dispose();
        outbox.close();
    }

    private Disposable again(Mono<Void> turn) {
        return turn.onErrorResume(
                        failure -> {
                            tell(failure);
                            return Mono.empty();
                        })
                .then(Mono.delay(PAUSE, Schedulers.parallel()))
                .repeat()
                .subscribe();
    }

    private Mono<Void> spill() {
        List<Held> due = telling.due(MOST);
        return due.isEmpty()
                ? Mono.empty()
                : outbox.add(due.stream().map(Held::message).toList())
                        .publishOn(Schedulers.boundedElastic())
                        .doOnSuccess(_ -> due.forEach(this::spilled))
                        .doOnError(_ -> giveBack(due))
                        .then(Mono.defer(this::spill));
    }

    private void spilled(Held message) {
        if (telling.letGo(message)) {
            spilled.increment();
        }
        if (!telling.isTroubled()) {
            nextRelay = System.nanoTime();
        }
    }

    /** The outbox is away too: whichever is back first has them. */
    private void giveBack(List<Held> due) {
        due.stream().filter(message -> !message.isWithBroker()).forEach(telling::hand);
    }

    private Mono<Void> relay() {
        if (System.nanoTime() - nextRelay < 0) {
            return Mono.empty();
        }
        // One is enough to find out whether the broker is back.
        int most = telling.isTroubled() ? 1 : batch;
        return outbox.relay(most, this::publish)
                .flatMap(
                        result -> {
                            relayed.increment(result.done());
                            telling.isTroubled(!result.isAll());
                            if (!result.isAll()) {
                                batch = 1;
                                later(BETWEEN_PROBES);
                                return Mono.empty();
                            }
                            batch = Math.min(MOST, batch * 4);
                            if (result.of() < most) {
                                later(BETWEEN_LOOKS);
                                return Mono.empty();
                            }
                            return Mono.defer(this::relay);
                        });
    }

    /** Empty if it has to stay. */
    private Mono<UUID> publish(Encoded message) {
        UUID id = Outbox.id(message);
        return Mono.defer(() -> underway.computeIfAbsent(id, _ -> telling.publish(message)))
                .doOnSuccess(_ -> underway.remove(id))
                .map(_ -> id)
                .timeout(PATIENCE)
                .onErrorResume(
                        failure -> {
                            if (failure instanceof TimeoutException) {
                                return Mono.empty();
                            }
                            underway.remove(id);
                            if (Telling.isFinal(failure)) {
                                lost.count(1, Reason.REFUSED, failure);
                                return Mono.just(id);
                            }
                            return Mono.empty();
                        });
    }

    private void later(Duration pause) {
        nextRelay = System.nanoTime() + pause.toNanos();
    }

    private void tell(Throwable failure) {
        long now = System.nanoTime();
        if (now - quietUntil >= 0) {
            quietUntil = now + BETWEEN_WORDS.toNanos();
            log.warn("The outbox cannot be written or read: {}", failure.toString());
        }
    }
}

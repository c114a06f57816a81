package io.farandole.gateway.offers;

import io.farandole.events.CatalogueEvent;
import io.farandole.events.Message;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Skipped;
import io.farandole.gateway.calls.Skips;
import io.farandole.gateway.store.Stage;
import io.farandole.gateway.store.Stages;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * All offers in memory. They are read from Postgres once, and from then on changed by the events of
 * {@code catalogue}; now and then they are read again, and every few seconds while events are not
 * heard.
 */
@Component
public class Offers implements SmartLifecycle {

    static final String AT_HAND = "farandole.api.offers.at-hand";
    static final String AGE = "farandole.api.offers.age";

    private static final Logger log = LoggerFactory.getLogger(Offers.class);
    private static final String STAGE = "all offers";

    private final ReadingCatalogue reading;
    private final OfferSettings settings;
    private final Duration freshness;
    private final Stage waiting;
    private final OfferMemory memory;
    private final Feed feed = new Feed();
    private final Sinks.Empty<Void> loaded = Sinks.empty();
    private final List<Consumer<Set<String>>> listeners = new CopyOnWriteArrayList<>();
    private volatile int generation = ReadingCatalogue.NOTHING;
    private volatile boolean asked = true;
    private volatile @Nullable Disposable rounds;

    Offers(
            ReadingCatalogue reading,
            OfferSettings settings,
            GatewaySettings gateway,
            Stages stages,
            MeterRegistry meters) {
        this.reading = reading;
        this.settings = settings;
        this.freshness = gateway.popularFreshness();
        this.waiting = stages.needed("offers at hand");
        this.memory = new OfferMemory(settings.ahead());
        meters.gauge(AT_HAND, memory, OfferMemory::size);
        meters.gauge(AGE, this, Offers::ageInSeconds);
    }

    /**
     * All of them; whoever asks before they were read waits for it. While they are neither heard of
     * nor read, as they were last: whoever shows some looks at those again.
     */
    public Mono<Assortment> all(Skips skips) {
        asked = true;
        if (!feed.isLoaded()) {
            return waiting.hold(loaded.asMono()).then(Mono.fromSupplier(memory::assortment));
        }
        return Mono.fromSupplier(
                () -> {
                    if (isOld()) {
                        skips.add(new Skipped(STAGE, Skipped.Reason.OUTAGE));
                    }
                    return memory.assortment();
                });
    }

    /** The item's name: the same text for all who ask for it, while the item is known. */
    public String sameName(String item) {
        return memory.sameName(item);
    }

    /**
     * Those of these offers that there are, as they are now: as the memory has them while it is as
     * fresh as can be, else as Postgres and the memory have them together.
     */
    public Mono<Map<String, OfferFacts>> now(List<String> offers) {
        boolean isCurrent = isCurrent();
        Map<String, OfferFacts> known = HashMap.newHashMap(offers.size());
        List<String> unknown = new ArrayList<>();
        for (String offer : offers) {
            OfferFacts facts = isCurrent ? memory.facts(offer) : null;
            if (facts == null) {
                unknown.add(offer);
            } else {
                known.put(offer, facts);
            }
        }
        return unknown.isEmpty()
                ? Mono.just(known)
                : reading.these(unknown)
                        .map(
                                rows -> {
                                    for (CatalogueRow row : rows) {
                                        OfferFacts facts = memory.read(row);
                                        if (facts != null) {
                                            known.put(facts.offer(), facts);
                                        }
                                    }
                                    return known;
                                });
    }

    /**
     * An event was heard.
     *
     * @param published when, by the broker's clock
     */
    public void heard(Message<CatalogueEvent> message, Instant published) {
        tell(memory.heard(message.event(), Told.by(message)));
        feed.heard(Duration.between(published, Instant.now()), System.nanoTime());
    }

    /** Events are heard from now on, or not any more. */
    public void hears(boolean does) {
        feed.hears(does, System.nanoTime());
    }

    /** The broker is in reach: if nothing is heard there is nothing to hear. */
    public void confirmed() {
        feed.confirmed(System.nanoTime());
    }

    /** Is told of the items of which something else may be shown, on whatever thread. */
    public void onChange(Consumer<Set<String>> listener) {
        listeners.add(listener);
    }

    /** How many, how old they may be, and whether events are heard. */
    public record State(int offers, @Nullable Duration age, boolean hears, boolean isFresh) {}

    public State state() {
        long now = System.nanoTime();
        Duration age = feed.age(now);
        return new State(
                memory.size(),
                age,
                feed.hears(now),
                age != null && age.compareTo(settings.oldest()) <= 0);
    }

    /** Reads all of them again. */
    public Mono<Void> reload() {
        return Mono.defer(
                () -> {
                    long since = System.nanoTime();
                    // In this order: what is served may be switched between the two.
                    return reading.served()
                            .flatMap(
                                    served ->
                                            reading.all()
                                                    // So many rows would keep an event loop from
                                                    // its calls.
                                                    .publishOn(Schedulers.boundedElastic())
                                                    .doOnNext(rows -> read(rows, served, since)))
                            .then();
                });
    }

    private void read(List<CatalogueRow> rows, int served, long since) {
        tell(memory.read(rows, since));
        generation = served;
        feed.read(since);
        loaded.tryEmitEmpty();
    }

    private Mono<Void> round() {
        return isDue().flatMap(due -> due ? reload() : Mono.empty())
                .then(Mono.defer(this::order))
                .onErrorResume(
                        failure -> {
                            // Calls tell of it, and readiness, when it lasts.
                            log.debug("Offers could not be read", failure);
                            return Mono.empty();
                        })
                .then(Mono.delay(freshness))
                .then();
    }

    private Mono<Boolean> isDue() {
        long now = System.nanoTime();
        Duration read = feed.sinceRead(now);
        return read == null
                        || !feed.isSettled(settings.settleFor(), now)
                        || read.compareTo(settings.reloadEvery()) >= 0
                ? Mono.just(true)
                // Of another generation nobody tells.
                : reading.served().map(served -> served != generation);
    }

    /** Nobody looks at the order of what nobody asked for. */
    private Mono<Void> order() {
        if (!asked) {
            return Mono.empty();
        }
        asked = false;
        return reading.scores()
                .publishOn(Schedulers.boundedElastic())
                .doOnNext(memory::order)
                .then();
    }

    private void tell(Set<String> items) {
        if (!items.isEmpty()) {
            listeners.forEach(listener -> listener.accept(items));
        }
    }

    /** Whether the memory is as fresh as can be: then what it has need not be looked up again. */
    public boolean isCurrent() {
        long now = System.nanoTime();
        Duration age = feed.age(now);
        return feed.hears(now) && age != null && age.compareTo(settings.currentWithin()) <= 0;
    }

    private boolean isOld() {
        Duration age = feed.age(System.nanoTime());
        return age == null || age.compareTo(settings.oldest()) > 0;
    }

    private double ageInSeconds() {
        Duration age = feed.age(System.nanoTime());
        return age == null ? Double.NaN : age.toMillis() / 1e3;
    }

    @Override
    public void start() {
        rounds = Mono.defer(this::round).repeat().subscribe();
    }

    @Override
    public void stop() {
        Disposable now = rounds;
        if (now != null) {
            now.dispose();
        }
        rounds = null;
    }

    @Override
    public boolean isRunning() {
        return rounds != null;
    }
}

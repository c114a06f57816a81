package io.farandole.gateway.live;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import io.farandole.events.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Somebody who looks at a user's list. However many changes wait for it, it keeps the last. */
public final class OpenStream {

    /**
     * When it is looked again, each from the one before: what was heard may be ahead of the read
     * models.
     */
    private static final List<Duration> AGAIN_AFTER =
            List.of(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(5));

    /** As many as a list has, and what was on it before. A few hundred bytes for each stream. */
    private static final int ITEMS = 300;

    private static final double TAKEN_FOR_ANOTHER = 0.01;

    private final UserId user;
    private final Sinks.Many<Long> changes = Sinks.many().replay().latest();
    private BloomFilter<CharSequence> items = noItems();
    private long count;
    private final Disposable.Swap nextLook = Disposables.swap();
    private boolean looksAgain;
    private boolean mustLookOnceMore;

    OpenStream(UserId user) {
        this.user = user;
    }

    UserId user() {
        return user;
    }

    /** The list may be another now. Safe on any thread. */
    public synchronized void changed() {
        count++;
        // Replaying the latest, it is never full; when it has ended nobody looks any more.
        changes.tryEmitNext(count);
    }

    /** The list may be another now, or in a moment. Safe on any thread. */
    void willChange() {
        changed();
        synchronized (this) {
            if (looksAgain) {
                mustLookOnceMore = true;
                return;
            }
            looksAgain = true;
        }
        lookAgain();
    }

    /**
     * The list may be another then, though nothing is told; what was said so before counts no more.
     *
     * @param time how long until then; null for never
     */
    public void looksAgainIn(@Nullable Duration time) {
        nextLook.update(
                time == null ? Disposables.disposed() : Mono.delay(time).subscribe(_ -> changed()));
    }

    /** Nobody looks any more. */
    void close() {
        nextLook.dispose();
    }

    private void lookAgain() {
        Flux.fromIterable(AGAIN_AFTER)
                .concatMap(Mono::delay)
                .subscribe(_ -> changed(), _ -> {}, this::hasLooked);
    }

    private void hasLooked() {
        synchronized (this) {
            if (!mustLookOnceMore) {
                looksAgain = false;
                return;
            }
            mustLookOnceMore = false;
        }
        lookAgain();
    }

    /**
     * These items were looked at for the list, shown or not.
     *
     * @return whether there are some among them that were not looked at before
     */
    synchronized boolean looksAt(Collection<String> lookedAt) {
        if (items.approximateElementCount() > ITEMS) {
            items = noItems();
        }
        boolean someAreNew = false;
        for (String item : lookedAt) {
            someAreNew |= items.put(item);
        }
        return someAreNew;
    }

    /** Whether one of these was looked at; now and then also if none was. */
    synchronized boolean mayShow(Collection<String> some) {
        return some.stream().anyMatch(items::mightContain);
    }

    /** A number for each time that the list may have changed; the latest first. */
    public Flux<Long> changes() {
        return changes.asFlux();
    }

    private static BloomFilter<CharSequence> noItems() {
        return BloomFilter.create(
                Funnels.stringFunnel(StandardCharsets.UTF_8), ITEMS, TAKEN_FOR_ANOTHER);
    }
}

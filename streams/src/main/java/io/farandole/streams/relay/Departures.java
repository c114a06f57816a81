package io.farandole.streams.relay;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Messages under way to the broker, by key. */
final class Departures {

    private final Map<OutboxKey, List<Departure>> byKey = new LinkedHashMap<>();

    void add(OutboxRow row, ApiFuture<String> published) {
        byKey.computeIfAbsent(row.key(), _ -> new ArrayList<>())
                .add(new Departure(row.id(), row.traceParent(), System.nanoTime(), published));
    }

    /** Until all have arrived or failed, at most so long; says whether all have. */
    boolean await(Duration most) throws InterruptedException {
        List<ApiFuture<String>> all =
                byKey.values().stream().flatMap(List::stream).map(Departure::published).toList();
        try {
            ApiFutures.successfulAsList(all).get(most.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a list of successes does not fail", e);
        }
    }

    /** Takes out the keys of which nothing is under way any more. */
    List<Arrived> arrived() {
        List<Arrived> arrived = new ArrayList<>();
        for (Iterator<Map.Entry<OutboxKey, List<Departure>>> keys = byKey.entrySet().iterator();
                keys.hasNext(); ) {
            Map.Entry<OutboxKey, List<Departure>> key = keys.next();
            if (key.getValue().stream().allMatch(departure -> departure.published().isDone())) {
                arrived.add(Arrived.of(key.getKey(), key.getValue()));
                keys.remove();
            }
        }
        return arrived;
    }

    Set<OutboxKey> keys() {
        return byKey.keySet();
    }

    int rows() {
        return byKey.values().stream().mapToInt(List::size).sum();
    }

    /** These go on by themselves and are looked after here. */
    void takeOver(Departures others) {
        byKey.putAll(others.byKey);
    }

    /** One message of a key. */
    record Departure(
            long row, @Nullable String traceParent, long since, ApiFuture<String> published) {}

    /**
     * What became of a key: as far as it was published, and the first failure if there was one.
     *
     * @param parents what those that were published say their {@code traceparent} is
     * @param took since the first of them departed
     */
    record Arrived(
            OutboxKey key,
            List<PublishedRow> published,
            List<String> parents,
            Duration took,
            @Nullable Throwable failure) {

        static Arrived of(OutboxKey key, List<Departure> departures) {
            List<PublishedRow> published = new ArrayList<>(departures.size());
            List<String> parents = new ArrayList<>();
            Duration took = Duration.ofNanos(System.nanoTime() - departures.getFirst().since());
            for (Departure departure : departures) {
                ApiFuture<String> future = departure.published();
                switch (future.state()) {
                    case SUCCESS -> {
                        published.add(new PublishedRow(departure.row(), future.resultNow()));
                        if (departure.traceParent() != null) {
                            parents.add(departure.traceParent());
                        }
                    }
                    case FAILED -> {
                        return new Arrived(key, published, parents, took, future.exceptionNow());
                    }
                    case CANCELLED, RUNNING -> {
                        return new Arrived(
                                key, published, parents, took, new CancellationException());
                    }
                }
            }
            return new Arrived(key, published, parents, took, null);
        }
    }
}

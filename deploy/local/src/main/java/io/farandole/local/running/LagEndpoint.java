package io.farandole.local.running;

import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.local.running.Lag.ToCommit;
import io.farandole.pubsub.EmbeddedPubSub;
import io.farandole.pubsub.SubscriptionCounts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * How far each reader is behind, told at the one management port that there is here: what is not
 * acknowledged, by the broker itself; how long events took, by whichever service has the reader.
 */
@Endpoint(id = "lag")
final class LagEndpoint {

    private static final String LATENCY = "farandole.processor.e2e.latency";
    private static final Pattern LATER = Pattern.compile("(.+)\\.g(\\d{1,9})");
    private static final double MEDIAN = 0.5;
    private static final double TAIL = 0.99;

    private final EmbeddedPubSub broker;
    private final Clock clock;
    private final AtomicReference<List<ConfigurableApplicationContext>> services =
            new AtomicReference<>(List.of());

    LagEndpoint(EmbeddedPubSub broker, Clock clock) {
        this.broker = broker;
        this.clock = clock;
    }

    /** These run processors; until this is said, nothing is known of how long events take. */
    void of(ConfigurableApplicationContext... contexts) {
        services.set(List.of(contexts));
    }

    /** One for each topic, reader and generation whose subscription is there. */
    @ReadOperation
    public List<Lag> lags() {
        Instant now = clock.instant();
        List<SubscriptionCounts> all = broker.subscriptionCounts();
        List<Lag> lags = new ArrayList<>();
        for (Topic<?> topic : TopicCatalogue.all()) {
            for (String reader : topic.readers()) {
                all.stream()
                        .flatMap(counts -> lag(topic, reader, counts, now).stream())
                        .sorted(Comparator.comparingInt(Lag::generation))
                        .forEach(lags::add);
            }
        }
        return lags;
    }

    /** Empty if the subscription is another reader's. */
    private Optional<Lag> lag(
            Topic<?> topic, String reader, SubscriptionCounts counts, Instant now) {
        String subscription = shortName(counts.subscription());
        int number = generation(subscription, topic.subscriptionOf(reader));
        if (number == 0) {
            return Optional.empty();
        }
        Instant oldest = counts.oldestPublished();
        return Optional.of(
                new Lag(
                        topic.name(),
                        reader,
                        number,
                        subscription,
                        counts.unacknowledged(),
                        oldest == null ? null : seconds(Duration.between(oldest, now)),
                        toCommit(topic, reader, number)));
    }

    /** The number of the generation that reads through it; 0 if it is not this reader's. */
    private static int generation(String subscription, String first) {
        if (subscription.equals(first)) {
            return 1;
        }
        Matcher later = LATER.matcher(subscription);
        return later.matches() && later.group(1).equals(first)
                ? Integer.parseInt(later.group(2))
                : 0;
    }

    private @Nullable ToCommit toCommit(Topic<?> topic, String reader, int generation) {
        return services.get().stream()
                .filter(ConfigurableApplicationContext::isActive)
                .map(service -> service.getBeanProvider(MeterRegistry.class).getIfAvailable())
                .filter(Objects::nonNull)
                .map(
                        meters ->
                                meters.find(LATENCY)
                                        .tag("processor", reader)
                                        .tag("generation", Integer.toString(generation))
                                        .tag("topic", topic.name())
                                        .timer())
                .filter(Objects::nonNull)
                .findFirst()
                .map(LagEndpoint::toCommit)
                .orElse(null);
    }

    private static ToCommit toCommit(Timer timer) {
        ValueAtPercentile[] values = timer.takeSnapshot().percentileValues();
        return new ToCommit(
                timer.count(),
                timer.mean(TimeUnit.SECONDS),
                percentile(values, MEDIAN),
                percentile(values, TAIL));
    }

    // Of the last minutes: zero is what a timer says that nothing came to.
    private static @Nullable Double percentile(ValueAtPercentile[] values, double which) {
        return Arrays.stream(values)
                .filter(value -> value.percentile() == which)
                .map(value -> value.value(TimeUnit.SECONDS))
                .filter(seconds -> seconds > 0)
                .findFirst()
                .orElse(null);
    }

    private static String shortName(String subscription) {
        return subscription.substring(subscription.lastIndexOf('/') + 1);
    }

    private static double seconds(Duration duration) {
        return Math.max(0, duration.toMillis()) / 1_000.0;
    }
}

package io.farandole.gateway.impressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.farandole.events.ImpressionEvent.SimilarOffersServed;
import io.farandole.events.ItemId;
import io.farandole.events.OfferId;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.calls.Skips;
import io.farandole.gateway.publishing.Publishers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class ImpressionsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Publishers publishers = mock(Publishers.class);
    private final Sinks.One<String> broker = Sinks.one();
    private Impressions impressions = started("true", "10s");

    @BeforeEach
    void acknowledgesWhenTold() {
        when(publishers.publish(any(), any())).thenReturn(broker.asMono());
    }

    @Test
    void endsWhenTheBrokerHasAll() {
        serve();
        serve();
        CompletableFuture<Void> end = CompletableFuture.runAsync(impressions::stop);
        await().until(() -> !impressions.isRunning());
        assertThat(end).isNotDone();
        broker.tryEmitValue("1");
        await().until(end::isDone);
        assertThat(meters.counter(Impressions.PUBLISHED).count()).isEqualTo(2);
        assertThat(lost("ended")).isZero();
    }

    @Test
    void countsWhatTheBrokerDidNotTakeBeforeTheEnd() {
        impressions = started("true", "50ms");
        serve();
        serve();
        impressions.stop();
        assertThat(lost("ended")).isEqualTo(2);
        serve();
        assertThat(lost("ended")).isEqualTo(3);
    }

    @Test
    void countsWhatTheBrokerRefusesAndWhatCannotBeSaid() {
        when(publishers.publish(any(), any()))
                .thenReturn(Mono.error(new IllegalStateException("no such topic")))
                .thenThrow(new IllegalStateException("closed"));
        serve();
        serve();
        impressions.served(
                call(),
                () -> {
                    throw new IllegalArgumentException("no id");
                });
        await().until(() -> lost("refused") == 3);
    }

    @Test
    void tellsNothingWhenItIsNotWanted() {
        impressions = started("false", "50ms");
        serve();
        impressions.stop();
        assertThat(meters.get(Lost.COUNTER).counters()).allMatch(counter -> counter.count() == 0);
    }

    private void serve() {
        Call call = call();
        impressions.served(
                call,
                () ->
                        new SimilarOffersServed(
                                new OfferId("o"),
                                new ItemId("i"),
                                List.of(new ItemId("j")),
                                call.id(),
                                null,
                                null));
    }

    private static Call call() {
        return new Call(UUID.randomUUID().toString(), false, new Skips());
    }

    private double lost(String reason) {
        return meters.get(Lost.COUNTER).tag("reason", reason).counter().count();
    }

    private Impressions started(String enabled, String deadline) {
        GatewaySettings settings =
                new Binder(
                                new MapConfigurationPropertySource(
                                        Map.of(
                                                "farandole.api.impressions.enabled",
                                                enabled,
                                                "farandole.api.impressions.drain-deadline",
                                                deadline)))
                        .bindOrCreate("farandole.api", GatewaySettings.class);
        Impressions started = new Impressions(publishers, meters, settings);
        started.start();
        return started;
    }
}

package io.farandole.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.UserId;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class OpenStreamsTest {

    private static final UserId ONE = new UserId("1");
    private static final UserId TWO = new UserId("2");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OpenStreams streams =
            new OpenStreams(
                    new LiveSettings(Duration.ofSeconds(15), Duration.ofMillis(200), 3, 2),
                    new Binder(new MapConfigurationPropertySource(Map.of()))
                            .bindOrCreate("farandole.api", GatewaySettings.class),
                    meters);

    @BeforeEach
    void hear() {
        streams.hears(true);
    }

    @Test
    void opensNoneWhileNothingIsHeardOfChanges() {
        streams.hears(false);
        assertRefused(ONE, ProblemCode.BROKER_UNAVAILABLE);
    }

    @Test
    void opensAsManyAsMayBe() {
        OpenStream first = streams.open(ONE);
        streams.open(ONE);
        assertRefused(ONE, ProblemCode.TOO_MANY_REQUESTS);
        streams.open(TWO);
        assertRefused(TWO, ProblemCode.TOO_MANY_REQUESTS);
        assertThat(meters.get(OpenStreams.OPEN).gauge().value()).isEqualTo(3);
        streams.close(first);
        // Twice closed makes no more room than once.
        streams.close(first);
        streams.open(TWO);
        assertRefused(TWO, ProblemCode.TOO_MANY_REQUESTS);
    }

    @Test
    void tellsThoseWhoLookAtThatListAlone() {
        OpenStream one = streams.open(ONE);
        OpenStream two = streams.open(TWO);
        streams.changed(ONE);
        streams.changed(ONE);
        // Of those that came before anybody looked, the last.
        StepVerifier.create(one.changes()).expectNext(2L).thenCancel().verify();
        StepVerifier.create(two.changes())
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(20))
                .then(streams::allChanged)
                .expectNext(1L)
                .thenCancel()
                .verify();
    }

    @Test
    void looksAgainForWhatIsHeardBeforeItIsWritten() {
        StepVerifier.withVirtualTime(
                        () -> {
                            OpenStream one = streams.open(ONE);
                            streams.willChange(ONE);
                            return one.changes();
                        })
                .expectNext(1L)
                .thenAwait(Duration.ofMillis(500))
                .expectNext(2L)
                .thenAwait(Duration.ofSeconds(2))
                .expectNext(3L)
                // Once more, as long after, for what comes now.
                .then(() -> streams.willChange(ONE))
                .expectNext(4L)
                .thenAwait(Duration.ofSeconds(5))
                .expectNext(5L)
                .thenAwait(Duration.ofSeconds(8))
                .expectNext(6L, 7L, 8L)
                .expectNoEvent(Duration.ofMinutes(1))
                .thenCancel()
                .verify();
    }

    @Test
    void looksAgainWhenSomethingIsOver() {
        StepVerifier.withVirtualTime(
                        () -> {
                            OpenStream one = streams.open(ONE);
                            one.looksAgainIn(Duration.ofHours(3));
                            // Another list, of which something is over sooner.
                            one.looksAgainIn(Duration.ofHours(2));
                            return one.changes();
                        })
                .expectSubscription()
                .expectNoEvent(Duration.ofMinutes(119))
                .thenAwait(Duration.ofMinutes(1))
                .expectNext(1L)
                .expectNoEvent(Duration.ofDays(1))
                .thenCancel()
                .verify();
        StepVerifier.withVirtualTime(
                        () -> {
                            OpenStream two = streams.open(TWO);
                            two.looksAgainIn(Duration.ofHours(2));
                            two.looksAgainIn(null);
                            OpenStream closed = streams.open(TWO);
                            closed.looksAgainIn(Duration.ofHours(1));
                            streams.close(closed);
                            return Flux.merge(two.changes(), closed.changes());
                        })
                .expectSubscription()
                .expectNoEvent(Duration.ofDays(1))
                .thenCancel()
                .verify();
    }

    @Test
    void tellsThoseWhoLookedAtAnItemOfItsChanges() {
        OpenStream one = streams.open(ONE);
        OpenStream two = streams.open(TWO);
        streams.looksAt(one, List.of("film", "play"), streams.itemChanges());
        assertThat(one.mayShow(Set.of("gig", "film"))).isTrue();
        assertThat(two.mayShow(Set.of("gig", "film"))).isFalse();
        streams.itemsChanged(Set.of("film"));
        StepVerifier.create(one.changes()).expectNext(1L).thenCancel().verify();
        // What changed while a list was read is not in it.
        long known = streams.itemChanges();
        streams.itemsChanged(Set.of("gig"));
        streams.looksAt(two, List.of("gig"), known);
        StepVerifier.create(two.changes()).expectNext(1L).thenCancel().verify();
    }

    @Test
    void saysOnceThatSomebodyLooks() {
        AtomicInteger first = new AtomicInteger();
        streams.onFirst(first::incrementAndGet);
        streams.close(streams.open(ONE));
        streams.open(TWO);
        assertThat(first).hasValue(1);
    }

    @Test
    void endsThemAllAndOpensNoMore() {
        StepVerifier.create(streams.ending())
                .expectSubscription()
                .then(streams::end)
                .verifyComplete();
        assertRefused(ONE, ProblemCode.BROKER_UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({"heartbeat, 0s", "at-most-every, 0s", "streams, 0", "per-user, 0"})
    void refusesSettingsThatCannotWork(String name, String value) {
        assertThatThrownBy(
                        () ->
                                new Binder(
                                                new MapConfigurationPropertySource(
                                                        Map.of(
                                                                "farandole.api.live." + name,
                                                                value)))
                                        .bindOrCreate("farandole.api.live", LiveSettings.class))
                .rootCause()
                .hasMessageStartingWith("farandole.api.live." + name + " is ");
    }

    private void assertRefused(UserId user, ProblemCode code) {
        assertThatThrownBy(() -> streams.open(user))
                .isInstanceOfSatisfying(
                        ProblemException.class, told -> assertThat(told.code()).isEqualTo(code));
    }
}

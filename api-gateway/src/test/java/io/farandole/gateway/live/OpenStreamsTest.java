package io.farandole.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.UserId;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
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

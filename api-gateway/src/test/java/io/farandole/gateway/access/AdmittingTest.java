package io.farandole.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.problems.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

/** Who gets through the door, in one word: in, or the code of the refusal. */
class AdmittingTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String LIST = "/v1/users/1/recommendations";

    private final Map<String, KnownKey> known = new HashMap<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Admitting door = door(Map.of());
    private final Admitting laptop =
            door(Map.of("access.keyless", "loopback", "old-token", "old-secret"));

    AdmittingTest() {
        know("app", Set.of(Role.APP), null);
        know("producer", Set.of(Role.PRODUCER), null);
        know("operator", Set.of(Role.OPERATOR), null);
        know("roleless", Set.of(), null);
        know("ended", Set.of(Role.APP), NOW);
        know("ending", Set.of(Role.APP), NOW.plusMillis(1));
    }

    @ParameterizedTest
    @CsvSource({
        "app, /v1/users/1/recommendations, in",
        "ending, /v1/users/1/recommendations, in",
        "operator, /v1/users/1/recommendations, in",
        "producer, /v1/users/1/recommendations, role-missing",
        "roleless, /v1/users/1/recommendations, role-missing",
        "ended, /v1/users/1/recommendations, unauthenticated",
        "nobody, /v1/users/1/recommendations, unauthenticated",
        "producer, /v1/events, in",
        "operator, /v1/events, in",
        "app, /v1/events, role-missing",
        "app, /v1/users/1/why-not/2, role-missing",
        "app, /v1/users/1, role-missing",
        "operator, /v1/users/1, in",
        "producer, /v1/users/1/why-not/2, role-missing",
        "operator, /v1/users/1/why-not/2, in",
        "app, /recommendation/1, in",
        "producer, /playlist_recommendation/1, role-missing",
        "producer, /v3/api-docs, in",
        "roleless, /v3/api-docs, role-missing",
        "roleless, /nowhere, role-missing",
        "app, /nowhere, in"
    })
    void aKeyDoesWhatItsRolesLetItDo(String key, String path, String what) {
        assertThat(asked(door, call(path), secretOf(key))).isEqualTo(what);
    }

    @Test
    void anotherSecretDoesNotLetInNotEvenFromHere() {
        assertThat(asked(laptop, here(LIST), "fk_app_other")).isEqualTo("unauthenticated");
        assertThat(asked(laptop, here(LIST), "nonsense")).isEqualTo("unauthenticated");
        assertThat(asked(laptop, here(LIST), "eyJhIjoxfQ.eyJiIjoyfQ.c2ln"))
                .isEqualTo("unauthenticated");
        assertThat(meters.counter(Admitting.REFUSED, "code", "unauthenticated").count())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1:8080, in",
        "127.0.0.1, localhost:8080, in",
        "127.8.9.1, localhost, in",
        "::1, [::1]:8080, in",
        "::1, localhost, in",
        "10.0.0.7, localhost:8080, unauthenticated",
        "192.168.1.2, 127.0.0.1, unauthenticated",
        "2001:db8::1, localhost, unauthenticated",
        "127.0.0.1, rebound.example.org:8080, unauthenticated",
        "127.0.0.1, 10.0.0.7:8080, unauthenticated"
    })
    void withoutAKeyThisMachineIsLetInWhereThatIsSet(String remote, String host, String what) {
        assertThat(asked(laptop, call(LIST, remote, host), null)).isEqualTo(what);
        assertThat(asked(door, call(LIST, remote, host), null)).isEqualTo("unauthenticated");
    }

    @Test
    void believesNoHeaderAboutWhereACallComesFrom() {
        var call =
                call(LIST, "10.0.0.7", "localhost")
                        .header("X-Forwarded-For", "127.0.0.1")
                        .header("Forwarded", "for=127.0.0.1");
        assertThat(asked(laptop, call, null)).isEqualTo("unauthenticated");
    }

    @Test
    void keepsOutWhoeverHasNoAddress() {
        assertThat(asked(laptop, MockServerHttpRequest.get(LIST), null))
                .isEqualTo("unauthenticated");
    }

    @Test
    void letsOurOwnRehearsalsAskForLists() {
        var ours = here(LIST).header(Call.REHEARSAL_HEADER, Call.rehearsal());
        var events = here("/v1/events").header(Call.REHEARSAL_HEADER, Call.rehearsal());
        var another = here(LIST).header(Call.REHEARSAL_HEADER, "true");
        assertThat(asked(door, ours, null)).isEqualTo("in");
        assertThat(asked(door, events, null)).isEqualTo("role-missing");
        assertThat(asked(door, another, null)).isEqualTo("unauthenticated");
    }

    @ParameterizedTest
    @CsvSource({
        "/recommendation/1?token=old-secret, in, 403 Forbidden",
        "/playlist_recommendation/1?token=old-secret, in, 403 Forbidden",
        "/similar_offers/1?token=old-secret, in, 403 Forbidden",
        "/recommendation/1?token=old-secre, 403 Forbidden, 403 Forbidden",
        "/recommendation/1?token=, 403 Forbidden, 403 Forbidden",
        "/recommendation/1, 403 Forbidden, 403 Forbidden",
        "/v1/users/1/recommendations?token=old-secret, unauthenticated, unauthenticated",
        "/v1/events?token=old-secret, unauthenticated, unauthenticated",
        "/health/recommendable_offers, in, unauthenticated",
        "/check, in, in",
        "/, in, in",
        "/check/x, unauthenticated, unauthenticated"
    })
    void theOldTokenIsTakenOnOldAddressesAndOnlyWhereItIsSet(
            String path, String with, String without) {
        assertThat(asked(laptop, call(path), null)).isEqualTo(with);
        assertThat(asked(door, call(path), null)).isEqualTo(without);
    }

    @Test
    void oldAddressesAskForMoreThanToBeHere() {
        assertThat(asked(laptop, here("/recommendation/1"), null)).isEqualTo("403 Forbidden");
    }

    @Test
    void aKeyThatAsksTooOftenIsRefusedAndAnotherIsNot() {
        Admitting narrow = door(Map.of("access.per-second", "2"));
        List<String> answers =
                IntStream.range(0, 20)
                        .mapToObj(_ -> asked(narrow, call(LIST), secretOf("app")))
                        .toList();
        // Two a second: the loop may see seconds go by, but not ten of them.
        assertThat(answers.stream().filter("in"::equals)).hasSizeBetween(2, 19);
        assertThat(answers).containsOnly("in", "too-many-requests");
        assertThat(asked(narrow, call(LIST), secretOf("operator"))).isEqualTo("in");
    }

    @Test
    void theOldTokenHasARateToo() {
        Admitting narrow = door(Map.of("access.per-second", "2", "old-token", "old-secret"));
        List<String> answers =
                IntStream.range(0, 20)
                        .mapToObj(
                                _ ->
                                        asked(
                                                narrow,
                                                call("/recommendation/1?token=old-secret"),
                                                null))
                        .toList();
        assertThat(answers.stream().filter("in"::equals)).hasSizeBetween(2, 19);
        assertThat(answers).containsOnly("in", "too-many-requests");
        // Health was never counted.
        assertThat(asked(narrow, call("/health/recommendable_offers"), null)).isEqualTo("in");
    }

    @Test
    void whoGuessesKeysIsHeldUpAndWhoHasOneIsNot() {
        AtomicInteger lookUps = new AtomicInteger();
        Admitting narrow =
                new Admitting(
                        id -> {
                            lookUps.incrementAndGet();
                            return Mono.justOrEmpty(known.get(id));
                        },
                        tokens(Map.of()),
                        settings(Map.of("access.unknown-per-second", "2")),
                        meters,
                        Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(asked(narrow, call(LIST), secretOf("app"))).isEqualTo("in");
        List<String> answers =
                IntStream.range(0, 40)
                        .mapToObj(i -> asked(narrow, call(LIST), "fk_guess" + i + "_nonsense"))
                        .toList();
        assertThat(answers).startsWith("unauthenticated").contains("too-many-requests");
        // Two a second: the loop may see seconds go by, but not ten of them.
        assertThat(lookUps.get()).isBetween(2, 20);
        assertThat(asked(narrow, call(LIST), secretOf("app"))).isEqualTo("in");
        assertThat(
                        asked(
                                narrow,
                                call(LIST, "203.0.113.8", "api.example.org"),
                                secretOf("operator")))
                .isEqualTo("in");
    }

    @Test
    void eachSubjectHasItsOwnRateAndWhoTriesTokensIsHeldUp() {
        try (Issuer issuer = new Issuer()) {
            Admitting narrow =
                    new Admitting(
                            id -> Mono.justOrEmpty(known.get(id)),
                            tokens(
                                    Map.of(
                                            "farandole.api.oidc.issuer",
                                            issuer.uri(),
                                            "farandole.api.oidc.audiences",
                                            Issuer.AUDIENCE)),
                            settings(
                                    Map.of(
                                            "access.per-second",
                                            "2",
                                            "access.unknown-per-second",
                                            "3")),
                            meters,
                            Clock.fixed(NOW, ZoneOffset.UTC));
            String ann = issuer.signed(issuer.claims("ann", List.of("app")).build());
            String ben = issuer.signed(issuer.claims("ben", List.of("app")).build());
            assertThat(asked(narrow, bearer(ann), null)).isEqualTo("in");
            assertThat(answersOfTwenty(narrow, ann)).contains("too-many-requests");
            assertThat(asked(narrow, bearer(ben), null)).isEqualTo("in");
            String bad = issuer.signed(issuer.claims("ann", List.of()).audience("x").build());
            assertThat(answersOfTwenty(narrow, bad))
                    .startsWith("unauthenticated")
                    .contains("too-many-requests");
        }
    }

    // However slow the machine is: a rate gives some back while they are asked.
    private static List<String> answersOfTwenty(Admitting admitting, String token) {
        return IntStream.range(0, 20).mapToObj(_ -> asked(admitting, bearer(token), null)).toList();
    }

    @Test
    void whileTheIssuersKeysCannotBeHadNoTokenIsTaken() {
        try (Issuer issuer = new Issuer()) {
            issuer.goAway();
            Admitting blind =
                    new Admitting(
                            _ -> Mono.empty(),
                            tokens(
                                    Map.of(
                                            "farandole.api.oidc.issuer",
                                            issuer.uri(),
                                            "farandole.api.oidc.audiences",
                                            Issuer.AUDIENCE)),
                            settings(Map.of("access.keyless", "loopback")),
                            meters,
                            Clock.systemUTC());
            String token = issuer.signed(issuer.claims("ann", List.of("app")).build());
            var call = here(LIST).header("Authorization", "Bearer " + token);
            assertThat(asked(blind, call, null)).isEqualTo("identity-unavailable");
        }
    }

    private static MockServerHttpRequest.BaseBuilder<?> bearer(String token) {
        return call(LIST).header("Authorization", "Bearer " + token);
    }

    @Test
    void whatCannotBeToldLetsNobodyIn() {
        Admitting blind =
                new Admitting(
                        _ -> Mono.error(new IllegalStateException("Postgres is away")),
                        tokens(Map.of()),
                        settings(Map.of("access.keyless", "loopback")),
                        meters,
                        Clock.systemUTC());
        assertThat(asked(blind, here(LIST), secretOf("app")))
                .isEqualTo("java.lang.IllegalStateException: Postgres is away");
    }

    @Test
    void theOldTokenIsNotShown() {
        assertThat(settings(Map.of("old-token", "old-secret")).toString())
                .doesNotContain("old-secret");
    }

    private void know(String id, Set<Role> roles, @Nullable Instant expires) {
        known.put(id, new KnownKey(id, KnownKey.sha256("secret-of-" + id), roles, expires));
    }

    private static String secretOf(String id) {
        return "fk_" + id + "_secret-of-" + id;
    }

    private Admitting door(Map<String, String> set) {
        return new Admitting(
                id -> Mono.justOrEmpty(known.get(id)),
                tokens(Map.of()),
                settings(set),
                meters,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static IdentityTokens tokens(Map<String, String> set) {
        return new IdentityTokens(
                new Binder(new MapConfigurationPropertySource(set))
                        .bindOrCreate("farandole.api.oidc", OidcSettings.class));
    }

    private static GatewaySettings settings(Map<String, String> set) {
        Map<String, String> properties = new HashMap<>();
        set.forEach((name, value) -> properties.put("farandole.api." + name, value));
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("farandole.api", GatewaySettings.class);
    }

    private static MockServerHttpRequest.BaseBuilder<?> call(String path) {
        return call(path, "203.0.113.7", "api.example.org");
    }

    private static MockServerHttpRequest.BaseBuilder<?> here(String path) {
        return call(path, "127.0.0.1", "localhost");
    }

    private static MockServerHttpRequest.BaseBuilder<?> call(
            String path, String remote, String host) {
        try {
            return MockServerHttpRequest.get(path)
                    .remoteAddress(new InetSocketAddress(InetAddress.getByName(remote), 4711))
                    .header("Host", host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String asked(
            Admitting door, MockServerHttpRequest.BaseBuilder<?> call, @Nullable String key) {
        if (key != null) {
            call.header("X-Api-Key", key);
        }
        var exchange = MockServerWebExchange.from(call.build());
        AtomicBoolean in = new AtomicBoolean();
        String refusal =
                door.filter(exchange, _ -> Mono.fromRunnable(() -> in.set(true)))
                        .thenReturn("")
                        .onErrorResume(failure -> Mono.just(code(failure)))
                        .block();
        if (in.get()) {
            return "in";
        }
        return "".equals(refusal)
                ? Objects.requireNonNull(exchange.getResponse().getStatusCode()).value()
                        + " "
                        + exchange.getResponse().getBodyAsString().block()
                : String.valueOf(refusal);
    }

    private static String code(Throwable failure) {
        return failure instanceof ProblemException told ? told.code().text() : failure.toString();
    }
}

package io.farandole.gateway.access;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Reads tokens that an OpenID Connect provider signed. A token is taken if its signature, issuer,
 * audience, times and subject are all as they should be; while the provider's keys cannot be had,
 * none is.
 */
@Component
class IdentityTokens {

    /** A rate is kept for it beside those of keys, which have no colon in their ids. */
    private static final String SUBJECT = "subject:";

    private static final int LONGEST_SUBJECT = 255;

    private final OidcSettings settings;
    private final Clock clock;
    private final AtomicReference<@Nullable Reader> reader = new AtomicReference<>();

    /** Reads by keys that it asks for once, and for a key that it does not know. */
    private record Reader(ReactiveJwtDecoder decoder, Instant until) {}

    /** Whatever is wrong with it, a token lets nobody in. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(BadJwtException reason) {
            super(reason.getMessage(), reason);
        }
    }

    /** The provider's keys cannot be had: nothing can be told of any token. */
    static final class Undecided extends RuntimeException {
        private static final long serialVersionUID = 1;

        Undecided(Throwable reason) {
            super(reason.toString(), reason);
        }
    }

    @Autowired
    IdentityTokens(OidcSettings settings) {
        this(settings, Clock.systemUTC());
    }

    IdentityTokens(OidcSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether any are. */
    boolean areTaken() {
        return settings.issuer() != null;
    }

    /**
     * Whose token it is, and what it says they may.
     *
     * @return fails with {@link Refused} or {@link Undecided}
     */
    Mono<Caller> callerOf(String token) {
        return Mono.defer(() -> reader().decoder().decode(token))
                .timeout(settings.deadline())
                .map(this::caller)
                .onErrorMap(
                        failure ->
                                failure instanceof BadJwtException bad
                                        ? new Refused(bad)
                                        : new Undecided(failure));
    }

    private Caller caller(Jwt token) {
        return new Caller(SUBJECT + token.getSubject(), roles(token.getClaims()));
    }

    private Set<Role> roles(Map<String, Object> claims) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        words(claim(claims)).forEach(word -> Role.of(word).ifPresent(roles::add));
        return Set.copyOf(roles);
    }

    /** By its whole name, or led by its dots. */
    private @Nullable Object claim(Map<String, Object> claims) {
        Object whole = claims.get(settings.rolesClaim());
        if (whole != null) {
            return whole;
        }
        Object at = claims;
        for (String name : settings.rolesClaim().split("\\.", -1)) {
            at = at instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return at;
    }

    private static Stream<String> words(@Nullable Object claim) {
        return switch (claim) {
            case String text -> Arrays.stream(text.split(" ", -1));
            case Collection<?> list ->
                    list.stream().filter(String.class::isInstance).map(String.class::cast);
            case null, default -> Stream.empty();
        };
    }

    private Reader reader() {
        Instant now = clock.instant();
        Reader known = reader.get();
        if (known != null && now.isBefore(known.until())) {
            return known;
        }
        Reader fresh = new Reader(decoder(), now.plus(settings.keysFreshness()));
        reader.set(fresh);
        return fresh;
    }

    private ReactiveJwtDecoder decoder() {
        URI issuer = Objects.requireNonNull(settings.issuer());
        URI keys = settings.keys();
        NimbusReactiveJwtDecoder decoder =
                (keys == null
                                ? NimbusReactiveJwtDecoder.withIssuerLocation(issuer.toString())
                                : NimbusReactiveJwtDecoder.withJwkSetUri(keys.toString()))
                        .jwsAlgorithms(
                                algorithms -> {
                                    algorithms.clear();
                                    algorithms.addAll(settings.algorithms());
                                })
                        .validateType(false)
                        .webClient(client(settings.deadline()))
                        .build();
        decoder.setJwtValidator(validator(issuer));
        return decoder;
    }

    private OAuth2TokenValidator<Jwt> validator(URI issuer) {
        JwtTimestampValidator times = new JwtTimestampValidator(settings.clockSkew());
        times.setAllowEmptyExpiryClaim(false);
        times.setClock(clock);
        JwtTypeValidator type = new JwtTypeValidator("JWT", "at+jwt");
        type.setAllowEmpty(true);
        return new DelegatingOAuth2TokenValidator<>(
                type,
                times,
                new JwtIssuerValidator(issuer.toString()),
                // A claim may be absent, which none of these lets pass.
                new JwtClaimValidator<Object>(
                        JwtClaimNames.AUD,
                        named ->
                                named instanceof Collection<?> all
                                        && all.stream().anyMatch(settings.audiences()::contains)),
                new JwtClaimValidator<Object>(
                        JwtClaimNames.SUB,
                        subject ->
                                subject instanceof String text
                                        && !text.isBlank()
                                        && text.length() <= LONGEST_SUBJECT));
    }

    private static WebClient client(Duration deadline) {
        return WebClient.builder()
                .clientConnector(
                        new ReactorClientHttpConnector(
                                HttpClient.create()
                                        .responseTimeout(deadline)
                                        .followRedirect(false)))
                .build();
    }
}

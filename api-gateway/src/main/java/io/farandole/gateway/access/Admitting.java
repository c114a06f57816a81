package io.farandole.gateway.access;

import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.GatewaySettings.Access.Keyless;
import io.farandole.gateway.OldToken;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets in who may ask: by a key, by a provider's token, by the old clients' token where it is
 * taken, or without either from this machine where that is set. Whatever cannot be told lets nobody
 * in.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
@Component
class Admitting implements WebFilter {

    static final String REFUSED = "farandole.api.access.refused";

    private final Keys keys;
    private final IdentityTokens tokens;
    private final Rates rates;
    private final Guesses guesses;
    private final Rates badTokens;
    private final Keyless keyless;
    private final Duration retryAfter;
    private final @Nullable OldToken oldToken;
    private final Clock clock;
    private final MeterRegistry meters;

    @Autowired
    Admitting(Keys keys, IdentityTokens tokens, GatewaySettings settings, MeterRegistry meters) {
        this(keys, tokens, settings, meters, Clock.systemUTC());
    }

    Admitting(
            Keys keys,
            IdentityTokens tokens,
            GatewaySettings settings,
            MeterRegistry meters,
            Clock clock) {
        this.keys = keys;
        this.tokens = tokens;
        this.badTokens = new Rates(settings.access().unknownPerSecond());
        this.retryAfter = settings.retryAfter();
        this.rates = new Rates(settings.access().perSecond());
        this.guesses = new Guesses(settings.access().unknownPerSecond());
        this.keyless = settings.access().keyless();
        this.oldToken = settings.oldToken();
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        Demand demand = Demand.of(request.getPath().pathWithinApplication());
        return switch (Credentials.of(request.getHeaders())) {
            case Credentials.Malformed _ -> refused(unknown());
            case Credentials.Key key ->
                    known(key, request)
                            .filter(known -> known.letsIn(key, clock.instant()))
                            .switchIfEmpty(refused(unknown()))
                            .map(known -> new Caller(known.id(), known.roles()))
                            .flatMap(caller -> admit(caller, demand, exchange, chain));
            case Credentials.Token token ->
                    bearer(token, request)
                            .flatMap(caller -> admit(caller, demand, exchange, chain));
            case Credentials.None _ -> {
                Caller caller = keyless(exchange, demand);
                if (caller == null) {
                    yield demand == Demand.OLD ? forbidden(exchange) : refused(keyMissing());
                }
                yield admit(caller, demand, exchange, chain);
            }
        };
    }

    private Mono<KnownKey> known(Credentials.Key key, ServerHttpRequest request) {
        if (!guesses.allows(request.getRemoteAddress(), key.id())) {
            return refused(tooManyGuesses());
        }
        return keys.of(key.id())
                .doOnNext(known -> guesses.known(known.id()))
                .switchIfEmpty(Mono.fromRunnable(() -> KnownKey.pretend(key)));
    }

    private Mono<Caller> bearer(Credentials.Token token, ServerHttpRequest request) {
        if (!tokens.areTaken()) {
            return refused(unknown());
        }
        String address = Guesses.address(request.getRemoteAddress());
        // Each may have the provider asked for its keys again.
        if (badTokens.areSpent(address)) {
            return refused(tooManyGuesses());
        }
        return tokens.callerOf(token.text())
                .onErrorResume(
                        IdentityTokens.Refused.class,
                        _ -> {
                            badTokens.allows(address);
                            return refused(tokenRefused());
                        })
                .onErrorResume(
                        IdentityTokens.Undecided.class, failure -> refused(undecided(failure)));
    }

    private Mono<Void> admit(
            Caller caller, Demand demand, ServerWebExchange exchange, WebFilterChain chain) {
        if (!caller.may(demand)) {
            return refused(roleMissing(demand));
        }
        String key = caller.key();
        if (key != null && !rates.allows(key)) {
            return refused(tooMany());
        }
        return chain.filter(exchange);
    }

    /** Null for nobody. */
    private @Nullable Caller keyless(ServerWebExchange exchange, Demand demand) {
        ServerHttpRequest request = exchange.getRequest();
        if (demand == Demand.NOTHING) {
            return Caller.keyless(Set.of());
        }
        if (Call.of(exchange).isRehearsal()) {
            return Caller.keyless(Set.of(Role.APP));
        }
        if (demand == Demand.OLD) {
            // Its clients have always had to show something, wherever they are.
            String token = request.getQueryParams().getFirst("token");
            return token != null && oldToken != null && oldToken.is(token)
                    ? Caller.OLD_CLIENTS
                    : null;
        }
        if (oldToken != null && isOldHealth(request)) {
            return Caller.keyless(Set.of(Role.APP));
        }
        return keyless == Keyless.LOOPBACK && SameMachine.asks(request)
                ? Caller.keyless(Role.all())
                : null;
    }

    /** Was open in the old API, and tells of tables alone. */
    private static boolean isOldHealth(ServerHttpRequest request) {
        return request.getPath().pathWithinApplication().value().startsWith("/health/");
    }

    private <T> Mono<T> refused(ProblemException problem) {
        return Mono.defer(
                () -> {
                    meters.counter(REFUSED, "code", problem.code().text()).increment();
                    return Mono.error(problem);
                });
    }

    /** As the old API said it. */
    private Mono<Void> forbidden(ServerWebExchange exchange) {
        meters.counter(REFUSED, "code", "old-token").increment();
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatus.FORBIDDEN);
        response.getHeaders().setContentType(MediaType.TEXT_PLAIN);
        byte[] body = "Forbidden".getBytes(StandardCharsets.US_ASCII);
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private static ProblemException unknown() {
        return ProblemException.of(
                        ProblemCode.UNAUTHENTICATED,
                        "The key is not known, has expired or was revoked; make one with: farandole"
                                + " keys create")
                .with(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
    }

    /** Not why: that would help those alone who try. */
    private static ProblemException tokenRefused() {
        return ProblemException.of(
                        ProblemCode.UNAUTHENTICATED,
                        "The token is not one that is taken here: its signature, issuer, audience,"
                                + " times or subject are not as they must be")
                .with(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
    }

    private ProblemException undecided(Throwable failure) {
        return ProblemException.unavailable(
                ProblemCode.IDENTITY_UNAVAILABLE,
                "The keys of the tokens' issuer could not be had, so that no token can be taken;"
                        + " ask again after the seconds in Retry-After",
                List.of(),
                retryAfter,
                failure);
    }

    private ProblemException keyMissing() {
        return ProblemException.of(
                        ProblemCode.UNAUTHENTICATED,
                        "Send a key in the header Authorization: Bearer, or X-Api-Key"
                                + (tokens.areTaken() ? ", or a token of the issuer as Bearer" : "")
                                + (keyless == Keyless.LOOPBACK
                                        ? "; without one, only calls from this machine to localhost"
                                                + " or 127.0.0.1 are answered"
                                        : ""))
                .with(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }

    private static ProblemException roleMissing(Demand demand) {
        Role role =
                switch (demand) {
                    case PRODUCER -> Role.PRODUCER;
                    case OPERATOR -> Role.OPERATOR;
                    case NOTHING, ANY_ROLE, APP, OLD -> Role.APP;
                };
        return ProblemException.of(
                ProblemCode.ROLE_MISSING,
                "This needs a key or a token with the role " + role.text());
    }

    private static ProblemException tooMany() {
        return tooMany("This key, or this subject, has asked too often this second");
    }

    private static ProblemException tooManyGuesses() {
        return tooMany("From this address too many keys were named this second that nobody knew");
    }

    private static ProblemException tooMany(String detail) {
        return ProblemException.of(ProblemCode.TOO_MANY_REQUESTS, detail)
                .with(HttpHeaders.RETRY_AFTER, Long.toString(Rates.PERIOD.toSeconds()));
    }
}

package io.farandole.gateway.access;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/**
 * Whose tokens let in, beside keys: those that an OpenID Connect provider signs.
 *
 * @param issuer the provider, as the claim {@code iss} names it; without one no token is taken
 * @param keys where its public keys are; where its discovery document says, if left out
 * @param audiences of which a token must name one in {@code aud}
 * @param rolesClaim where a token says what its bearer may: a list, or words in a text; dots lead
 *     into objects, as in {@code realm_access.roles}
 * @param algorithms by which tokens may be signed; none has a secret that we would share
 * @param clockSkew by how much its clock may be off ours
 * @param keysFreshness how long its keys are kept: so long one that it withdrew is still taken
 * @param deadline how long it may take to give its keys
 */
@ConfigurationProperties("farandole.api.oidc")
record OidcSettings(
        @Nullable URI issuer,
        @Nullable URI keys,
        @DefaultValue List<String> audiences,
        @DefaultValue("roles") String rolesClaim,
        @DefaultValue({"RS256", "ES256"}) Set<SignatureAlgorithm> algorithms,
        @DefaultValue("30s") Duration clockSkew,
        @DefaultValue("5m") Duration keysFreshness,
        @DefaultValue("2s") Duration deadline) {

    private static final Duration MOST_SKEW = Duration.ofMinutes(5);

    OidcSettings {
        audiences = List.copyOf(audiences);
        algorithms = Set.copyOf(algorithms);
        if (issuer == null && (keys != null || !audiences.isEmpty())) {
            throw refusal("issuer", "is not set, but others of farandole.api.oidc are");
        }
        if (issuer != null) {
            // A token for somebody else would let in here.
            if (audiences.isEmpty() || audiences.stream().anyMatch(String::isBlank)) {
                throw refusal("audiences", "must say for whom tokens must be meant");
            }
            requirePrivate("issuer", issuer);
        }
        if (keys != null) {
            requirePrivate("keys", keys);
        }
        if (algorithms.isEmpty()) {
            throw refusal("algorithms", "is empty");
        }
        if (rolesClaim.isBlank()) {
            throw refusal("roles-claim", "is blank");
        }
        if (clockSkew.isNegative() || clockSkew.compareTo(MOST_SKEW) > 0) {
            throw refusal("clock-skew", "is " + clockSkew + "; it must be between 0s and 5m");
        }
        if (!keysFreshness.isPositive()) {
            throw refusal("keys-freshness", "is " + keysFreshness + "; it must be longer than 0s");
        }
        if (!deadline.isPositive()) {
            throw refusal("deadline", "is " + deadline + "; it must be longer than 0s");
        }
    }

    /** Keys that somebody on the way could replace would let in anybody. */
    private static void requirePrivate(String name, URI uri) {
        boolean isLoopback =
                "http".equals(uri.getScheme())
                        && uri.getHost() != null
                        && Set.of("127.0.0.1", "localhost", "[::1]").contains(uri.getHost());
        if (!"https".equals(uri.getScheme()) && !isLoopback) {
            throw refusal(name, "is " + uri + "; it must be https://, or http:// on this machine");
        }
    }

    private static IllegalArgumentException refusal(String name, String reason) {
        return new IllegalArgumentException("farandole.api.oidc." + name + " " + reason);
    }
}

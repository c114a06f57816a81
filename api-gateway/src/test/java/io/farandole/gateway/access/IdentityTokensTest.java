package io.farandole.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class IdentityTokensTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private static Issuer issuer;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private IdentityTokens tokens = tokens(Map.of());

    @BeforeAll
    static void start() {
        issuer = new Issuer();
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @BeforeEach
    void withKeysSaidOutright() {
        issuer.comeBack();
        tokens = tokens(Map.of("keys", issuer.uri() + "/keys"));
    }

    @Test
    void takesAGoodTokenAndItsRoles() {
        Caller caller = caller(good("ann", "app", "producer", "admiral").build());
        assertThat(caller.key()).isEqualTo("subject:ann");
        assertThat(caller.roles()).containsExactlyInAnyOrder(Role.APP, Role.PRODUCER);
    }

    @Test
    void findsTheKeysByTheIssuersOwnDocument() {
        tokens = tokens(Map.of());
        assertThat(caller(good("ann", "app").build()).roles()).containsExactly(Role.APP);
    }

    @Test
    void findsRolesInTextsAndInsideObjects() {
        JWTClaimsSet.Builder claims = issuer.claims("ann", List.of());
        tokens = tokens(Map.of("keys", issuer.uri() + "/keys", "roles-claim", "scope"));
        assertThat(caller(claims.claim("scope", "openid app").build()).roles())
                .containsExactly(Role.APP);
        tokens =
                tokens(Map.of("keys", issuer.uri() + "/keys", "roles-claim", "realm_access.roles"));
        assertThat(
                        caller(
                                        claims.claim(
                                                        "realm_access",
                                                        Map.of("roles", List.of("operator")))
                                                .build())
                                .roles())
                .containsExactly(Role.OPERATOR);
        assertThat(caller(good("ann", "app").build()).roles()).isEmpty();
    }

    @Test
    void refusesWhatIsNotMeantForUsOrNotByThem() {
        refused(good("ann", "app").issuer("https://elsewhere.example").build());
        refused(good("ann", "app").audience("another").build());
        refused(good("ann", "app").audience((String) null).build());
        refused(good("ann", "app").subject(null).build());
        refused(good(" ", "app").build());
    }

    @Test
    void allowsForTheClocksAndForNoMore() {
        assertThat(caller(good("ann").expirationTime(in(-20)).build())).isNotNull();
        refused(good("ann").expirationTime(in(-40)).build());
        refused(good("ann").expirationTime(null).build());
        assertThat(caller(good("ann").notBeforeTime(in(20)).build())).isNotNull();
        refused(good("ann").notBeforeTime(in(40)).build());
    }

    @Test
    void refusesOtherSignatures() {
        JWTClaimsSet claims = good("ann", "app").build();
        refused(issuer.signed(claims, Issuer.generate("first"), JWSAlgorithm.RS256));
        refused(issuer.signed(claims, Issuer.generate("stranger"), JWSAlgorithm.RS256));
        refused(issuer.signed(claims, issuer.key(), JWSAlgorithm.RS512));
        refused(issuer.signedByWhatEverybodyKnows(claims));
        refused(Issuer.unsigned(claims));
        String good = issuer.signed(claims);
        refused(good.substring(0, good.length() - 8) + "AAAAAAAA");
        refused("eyJ.eyJ.x");
    }

    @Test
    void takesNothingWhileTheKeysCannotBeHad() {
        issuer.goAway();
        String token = issuer.signed(good("ann", "app").build());
        assertThatThrownBy(() -> tokens.callerOf(token).block(LONG))
                .isInstanceOf(IdentityTokens.Undecided.class);
        issuer.comeBack();
        assertThat(tokens.callerOf(token).block(LONG)).isNotNull();
        // Kept for a while, and not for longer.
        issuer.goAway();
        assertThat(tokens.callerOf(token).block(LONG)).isNotNull();
        now.updateAndGet(instant -> instant.plusSeconds(6));
        assertThatThrownBy(() -> tokens.callerOf(token).block(LONG))
                .isInstanceOf(IdentityTokens.Undecided.class);
    }

    @Test
    void followsANewKeyAtOnceAndForgetsAnOldOneInTime() {
        JWTClaimsSet claims = good("ann", "app").build();
        String old = issuer.signed(claims);
        assertThat(tokens.callerOf(old).block(LONG)).isNotNull();
        issuer.rotate();
        assertThat(tokens.callerOf(issuer.signed(claims)).block(LONG)).isNotNull();
        now.updateAndGet(instant -> instant.plusSeconds(6));
        refused(old);
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, http://elsewhere.example, must be https",
        "issuer, '', is not set",
        "audiences, '', must say for whom",
        "keys, http://elsewhere.example/keys, must be https",
        "clock-skew, 6m, between 0s and 5m",
        "clock-skew, -1s, between 0s and 5m",
        "keys-freshness, 0s, longer than 0s",
        "deadline, 0s, longer than 0s",
        "roles-claim, ' ', is blank",
        "algorithms, HS256, HS256",
        "algorithms, none, none"
    })
    void refusesSettingsThatWouldLetInTheWrong(String name, String value, String why) {
        assertThatThrownBy(() -> tokens(Map.of(name, value))).rootCause().message().contains(why);
    }

    @Test
    void isOffWithoutAnIssuer() {
        assertThat(
                        new IdentityTokens(
                                        new Binder(new MapConfigurationPropertySource(Map.of()))
                                                .bindOrCreate(
                                                        "farandole.api.oidc", OidcSettings.class))
                                .areTaken())
                .isFalse();
    }

    private static JWTClaimsSet.Builder good(String subject, String... roles) {
        return issuer.claims(subject, List.of(roles));
    }

    private Date in(int seconds) {
        return Date.from(now.get().plusSeconds(seconds));
    }

    private Caller caller(JWTClaimsSet claims) {
        return Objects.requireNonNull(tokens.callerOf(issuer.signed(claims)).block(LONG));
    }

    private void refused(JWTClaimsSet claims) {
        refused(issuer.signed(claims));
    }

    private void refused(String token) {
        assertThatThrownBy(() -> tokens.callerOf(token).block(LONG))
                .isInstanceOf(IdentityTokens.Refused.class);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    private IdentityTokens tokens(Map<String, String> more) {
        Map<String, String> set =
                new HashMap<>(
                        Map.of(
                                "issuer",
                                issuer == null ? "https://issuer.example" : issuer.uri(),
                                "audiences",
                                Issuer.AUDIENCE,
                                "keys-freshness",
                                "5s"));
        set.putAll(more);
        Map<String, String> properties = new HashMap<>();
        set.forEach((name, value) -> properties.put("farandole.api.oidc." + name, value));
        OidcSettings settings =
                new Binder(new MapConfigurationPropertySource(properties))
                        .bindOrCreate("farandole.api.oidc", OidcSettings.class);
        return new IdentityTokens(settings, clock());
    }
}

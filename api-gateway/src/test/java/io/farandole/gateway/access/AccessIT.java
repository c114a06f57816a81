package io.farandole.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.gateway.Platform;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Keys as Postgres has them, through the whole gateway. */
class AccessIT {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String LIST = "/v1/users/1/recommendations";

    private final Platform platform = Platform.shared();

    @BeforeEach
    void makesKeys() {
        platform.run(
                """
                delete from access.api_key;
                insert into access.api_key (id, name, roles, hash) values
                  ('first', 'app', '{app}', sha256('one')),
                  ('second', 'app', '{app}', sha256('two')),
                  ('later', 'app', '{app,admiral}', sha256('three')),
                  ('producer', 'backend', '{producer}', sha256('four'))
                """);
    }

    @Test
    void severalKeysAreLiveUntilTheyEnd() {
        await().atMost(SOON).untilAsserted(() -> asked("fk_first_one").expectStatus().isOk());
        asked("fk_second_two").expectStatus().isOk();
        asked("fk_later_three").expectStatus().isOk();

        platform.run("update access.api_key set expires_at = now() where id = 'first'");

        await().atMost(SOON)
                .untilAsserted(() -> asked("fk_first_one").expectStatus().isUnauthorized());
        asked("fk_second_two").expectStatus().isOk();
    }

    @Test
    void whoIsRefusedIsToldWhy() {
        asked("fk_first_two")
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals("WWW-Authenticate", "Bearer error=\"invalid_token\"")
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("unauthenticated");
        asked("fk_producer_four")
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("role-missing");
    }

    @Test
    void aTokenOfTheIssuerLetsInAsItsRolesSay() {
        Issuer issuer = platform.issuer();
        asked(issuer.signed(issuer.claims("ann", List.of("app")).build())).expectStatus().isOk();
        asked(issuer.signed(issuer.claims("ann", List.of("producer")).build()))
                .expectStatus()
                .isForbidden();
        asked(issuer.signed(issuer.claims("ann", List.of("app")).audience("x").build()))
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }

    @Test
    void onlyPagesOfNamedOriginsMayReadAnswers() {
        preflight(Platform.ORIGIN)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Access-Control-Allow-Origin", Platform.ORIGIN);
        preflight("https://elsewhere.example")
                .expectStatus()
                .isForbidden()
                .expectHeader()
                .doesNotExist("Access-Control-Allow-Origin");
    }

    /** All headers that the document names, and those of keys and of what is known. */
    @Test
    void pagesMaySendWhatTheApiReads() {
        String headers =
                "authorization,x-api-key,content-type,if-none-match,last-event-id,idempotency-key,"
                        + "traceparent,ce-specversion,ce-id,ce-source,ce-type,ce-time";
        platform.api()
                .options()
                .uri("/v1/events")
                .header("Origin", Platform.ORIGIN)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", headers)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .value(
                        "Access-Control-Allow-Headers",
                        allowed ->
                                assertThat(allowed.toLowerCase(Locale.ROOT).split(", ?"))
                                        .containsExactlyInAnyOrder(headers.split(",")));
    }

    private ResponseSpec asked(String key) {
        return platform.api().get().uri(LIST).header("Authorization", "Bearer " + key).exchange();
    }

    private ResponseSpec preflight(String origin) {
        return platform.api()
                .options()
                .uri(LIST)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization")
                .exchange();
    }
}

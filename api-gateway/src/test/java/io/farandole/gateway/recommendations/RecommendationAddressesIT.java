package io.farandole.gateway.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.Platform;
import java.net.URI;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;

/** What may be asked, and how it is told that something may not. */
@TestInstance(Lifecycle.PER_CLASS)
class RecommendationAddressesIT {

    private static final JsonMapper JSON = new JsonMapper();

    private final Films films = new Films();
    private final WebTestClient api = Platform.shared().api();

    @BeforeAll
    void fill() {
        films.fill();
    }

    @BeforeEach
    void reset() {
        films.reset();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0", "101", "-1", "ten", "1.5", "''", "5&limit=6", "%00"})
    void namesTheParameterThatIsWrong(String limit) {
        URI address = films.address("42", "?limit=" + limit.replace("'", ""));
        api.get()
                .uri(address)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("invalid-parameter")
                .jsonPath("$.errors[0].place")
                .isEqualTo("limit");
    }

    @Test
    void aProblemNamesTheTraceThatItsCallIsPartOf() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        api.get()
                .uri(films.address("42", "?limit=0"))
                .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.traceId")
                .isEqualTo(trace);
    }

    @ParameterizedTest
    @CsvSource({"%20", "a%00b", "%0A", "%F0%9F%98%80"})
    void refusesWhatIsNoUserId(String id) {
        api.get()
                .uri(films.address(id, ""))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].place")
                .isEqualTo("id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"' or 1=1 --", "a%2Fb", "%C3%A9", "$1", ":user", "%25"})
    void takesAnyOtherIdAsItIs(String id) {
        api.get().uri(films.address(id, "")).exchange().expectStatus().isOk();
    }

    @Test
    void givesACallOneIdEverywhere() {
        var exchanged =
                api.get()
                        .uri(films.address("42", ""))
                        .exchange()
                        .expectBody(String.class)
                        .returnResult();
        String header = exchanged.getResponseHeaders().getFirst("Call-Id");
        assertThat(
                        JSON.readTree(exchanged.getResponseBody())
                                .path("params")
                                .path("callId")
                                .asString())
                .isEqualTo(header);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing, 404, not-found",
        "GET, /v1/users/42, 404, unknown-user",
        "DELETE, /v1/users/42/recommendations, 405, method-not-allowed",
        "GET, /v1/events, 405, method-not-allowed"
    })
    void tellsProblemsOfAddressesToo(String method, String path, int status, String code) {
        api.method(org.springframework.http.HttpMethod.valueOf(method))
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:farandole:problem:" + code)
                .jsonPath("$.code")
                .isEqualTo(code)
                .jsonPath("$.status")
                .isEqualTo(status)
                .jsonPath("$.title")
                .isNotEmpty()
                .jsonPath("$.detail")
                .isNotEmpty()
                .jsonPath("$.instance")
                .isNotEmpty();
    }

    @Test
    void isThereForThisMachineAlone() {
        api.get()
                .uri(films.address("42", ""))
                .header("Host", "elsewhere.example.org")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("unauthenticated");
    }

    @Test
    void tellsThatItSpeaksJsonOnly() {
        api.get()
                .uri(films.address("42", ""))
                .accept(MediaType.TEXT_HTML)
                .exchange()
                .expectStatus()
                .isEqualTo(406)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }
}

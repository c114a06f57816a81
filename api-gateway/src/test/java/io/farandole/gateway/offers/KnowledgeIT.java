package io.farandole.gateway.offers;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.Platform;
import io.farandole.gateway.SmallCulture;
import java.net.URI;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What can be read back of what was told. */
@TestInstance(Lifecycle.PER_CLASS)
class KnowledgeIT {

    private final Platform platform = Platform.shared();

    @BeforeAll
    void fill() {
        SmallCulture.fill(platform);
    }

    @Test
    void tellsWhatIsKnownOfAnOffer() {
        JsonNode offer = get("/v1/offers/cine-tonight");
        assertThat(offer.path("item").asString()).isEqualTo("film");
        assertThat(offer.path("priceCents").asInt()).isEqualTo(800);
        assertThat(offer.path("active").asBoolean()).isTrue();
        assertThat(offer.path("searchGroup").asString()).isEqualTo("CINEMA");
        assertThat(offer.path("stock").asInt()).isEqualTo(5);
        assertThat(offer.path("position"))
                .isEqualTo(json("{\"latitude\":48.853,\"longitude\":2.349}"));
        assertThat(get("/v1/offers/ebook").has("position")).isFalse();
        // What cannot be had is known all the same.
        assertThat(get("/v1/offers/sold-out").path("stock").asInt(-1)).isZero();
    }

    @Test
    void tellsWhatIsKnownOfAnItemWithItsOffers() {
        JsonNode item = get("/v1/items/film");
        assertThat(item.path("title").asString()).isEqualTo("film");
        assertThat(item.path("categories")).isEqualTo(json("[\"CINEMA\"]"));
        assertThat(item.path("offers").valueStream().map(o -> o.path("offer").asString()))
                .containsExactly("cine-far");
        assertThat(item.path("offers").path(0).path("priceCents").asInt()).isEqualTo(700);
    }

    @Test
    void tellsOfAUserWhatRulesGoByAndNoMore() {
        JsonNode user = get("/v1/users/20");
        assertThat(user.path("age").asInt()).isEqualTo(20);
        assertThat(user.path("creditCents"))
                .isEqualTo(json("{\"all\":30000,\"digital\":10000,\"physical\":30000}"));
        assertThat(user.path("items").asInt()).isEqualTo(2);
        assertThat(user.path("itemsHad").asInt()).isEqualTo(1);
        assertThat(user.path("list"))
                .isEqualTo(json("{\"release\":\"taste\",\"version\":3,\"items\":5}"));
        assertThat(user.toString()).doesNotContain("birth", "isbn-1");
        assertThat(get("/v1/users/15").path("onboarding")).isEqualTo(json("[\"CONCERT\"]"));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/offers/nothing, 404, unknown-offer",
        "/v1/items/nothing, 404, unknown-item",
        "/v1/users/nobody, 404, unknown-user",
        "/v1/offers/%00, 400, invalid-parameter",
        "/v1/items/%20, 400, invalid-parameter",
        "/v1/users/%0A, 400, invalid-parameter"
    })
    void tellsWhatItDoesNotKnow(String path, int status, String code) {
        platform.api()
                .get()
                .uri(URI.create("http://127.0.0.1:" + platform.apiPort() + path))
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }

    private JsonNode get(String path) {
        return json(
                Objects.requireNonNull(
                        platform.api()
                                .get()
                                .uri(path)
                                .exchange()
                                .expectStatus()
                                .isOk()
                                .expectBody(String.class)
                                .returnResult()
                                .getResponseBody()));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}

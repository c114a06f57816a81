package io.farandole.gateway.oldapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.gateway.Platform;
import io.farandole.gateway.SmallCulture;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each parameter of the old API does to what is answered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OldRoutesIT {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TOKEN = "token=" + Platform.OLD_TOKEN;
    private static final String RECOMMENDED = "recommended_offers";
    private final Platform platform = Platform.shared();
    private final WebTestClient api = platform.api();
    private final AtomicBoolean filled = new AtomicBoolean();

    @BeforeEach
    void fill() {
        if (filled.getAndSet(true)) {
            return;
        }
        SmallCulture.fill(platform);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(offers(get("/recommendation/nobody", ""), RECOMMENDED))
                                        .contains("book", "free-concert"));
    }

    @Test
    void withoutTokenForbidden() {
        for (String path : List.of("/recommendation/15", "/similar_offers/book")) {
            assertThat(text(path, 403)).isEqualTo("Forbidden");
            assertThat(text(path + "?token=wrong", 403)).isEqualTo("Forbidden");
        }
    }

    /** It says which model is wanted, and so that the user is not to be taken for a new one. */
    @Test
    void whoAsksForAModelIsNobodyNew() {
        JsonNode usual = get("/recommendation/15", "&isRecoMixed=false");
        assertThat(usual.path("params").path("reco_origin").asString()).isEqualTo("cold_start");
        assertThat(offers(usual, RECOMMENDED)).startsWith("free-concert");
        JsonNode asked = get("/recommendation/15", "&isRecoMixed=false&model_name=top_offers");
        assertThat(asked.path("params").path("reco_origin").asString()).isEqualTo("algo");
        assertThat(offers(asked, RECOMMENDED)).startsWith("book").contains("free-concert");
        JsonNode nobody = get("/recommendation/nobody", "&modelName=top_offers");
        assertThat(nobody.path("params").path("reco_origin").asString()).isEqualTo("algo");
        assertThat(offers(nobody, RECOMMENDED)).contains("book", "theatre");
    }

    @Test
    void forTwo() {
        platform.put(
                "catalogue.offers",
                4,
                "for-two",
                "{\"item\":\"gig\",\"priceCents\":0,\"details\":{\"duo\":true}}");
        try {
            for (String name : List.of("offerIsDuo", "offer_is_duo", "isDuo")) {
                assertThat(offers(get("/recommendation/20", "&" + name + "=true"), RECOMMENDED))
                        .containsExactly("for-two");
            }
            assertThat(offers(get("/recommendation/20", "&offerIsDuo=0"), RECOMMENDED))
                    .contains("free-concert", "theatre")
                    .doesNotContain("for-two");
        } finally {
            platform.run("delete from catalogue.offers where key = 'for-two'");
        }
    }

    @Test
    void withAndWithoutAPlace() {
        JsonNode here = get("/recommendation/20", "&latitude=48.85&longitude=2.34");
        assertThat(here.path("params").path("geo_located").asBoolean()).isTrue();
        JsonNode nowhere = get("/recommendation/20", "");
        assertThat(nowhere.path("params").path("geo_located").asBoolean()).isFalse();
        assertThat(nowhere.path("params").path("filtered").asBoolean()).isFalse();
        assertThat(nowhere.path("params").path("ab_test").asString()).isEqualTo("default");
        assertThat(nowhere.path("params").path("reco_origin").asString()).isEqualTo("algo");
        assertThat(nowhere.path("params").path("model_name").isNull()).isTrue();
        assertThat(nowhere.path("params").path("call_id").asString()).hasSize(36);
    }

    @Test
    void theOwnListComesFirstAndNothingThatARuleForbids() {
        assertThat(offers(get("/recommendation/20", "&isRecoMixed=false"), RECOMMENDED))
                .startsWith("ebook", "adults", "theatre")
                .contains("free-concert", "cine-far")
                .doesNotContain("book", "sold-out", "theatre-over", "cine-tonight");
    }

    @Test
    void atFifteenWithTwentyEuros() {
        JsonNode answer = get("/recommendation/15", "&isRecoMixed=false");
        assertThat(offers(answer, RECOMMENDED))
                .startsWith("free-concert")
                .contains("cine-far", "book", "ebook")
                .doesNotContain("adults", "theatre");
        assertThat(answer.path("params").path("reco_origin").asString()).isEqualTo("cold_start");
    }

    @Test
    void ofWhomNothingIsKnownHasNoAge() {
        assertThat(offers(get("/recommendation/nobody", ""), RECOMMENDED))
                .contains("book", "theatre")
                .doesNotContain("adults");
    }

    @Test
    void eachFilterHoldsForEveryOffer() {
        assertThat(filtered("{\"price_max\": 8}"))
                .containsExactlyInAnyOrder("cine-far", "free-concert", "adults");
        assertThat(filtered("{\"priceMin\": 9, \"priceMax\": 25}"))
                .containsExactlyInAnyOrder("ebook", "theatre");
        assertThat(filtered("{\"isDigital\": true}")).containsExactly("ebook");
        assertThat(filtered("{\"includeNumericals\": false}")).doesNotContain("ebook");
        assertThat(filtered("{\"subcategories\": \"CONCERT\"}")).containsExactly("free-concert");
        assertThat(filtered("{\"categories\": [\"LIVRE\", \"MUSIQUE\"]}"))
                .containsExactlyInAnyOrder("ebook", "free-concert");
        assertThat(filtered("{\"nbRecoDisplay\": 2}")).hasSize(2);
        assertThat(
                        filtered(
                                "{\"isEvent\": true, \"startDate\": \"%s\", \"endDate\": \"%s\"}"
                                        .formatted(hours(2), hours(7))))
                .containsExactlyInAnyOrder("cine-far", "theatre", "adults");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // What each parameter leaves of: ebook adults theatre cine-far free-concert.
                "offerIsDuo=false | ebook adults theatre cine-far free-concert",
                "offer_is_duo=true | ",
                "isDuo=1 | ",
                "movieType=CINEMA | cine-far",
                "movie_type=CINEMA,LIVRE | cine-far ebook",
                "offerTypeLabel=MUSIQUE | free-concert",
                "offer_sub_type_label=SPECTACLE | adults theatre",
                "macroRayon=LIVRE&macroRayon=MUSIQUE | ebook free-concert",
                "isDigital=false&price_max=0 | adults free-concert",
                "include_numericals=false&priceMin=1 | theatre cine-far",
                "includeNumericals=true&priceMin=1 | ebook theatre cine-far",
                "isEvent=false&startDate=2020-01-01 | ebook adults theatre cine-far free-concert",
                "isEvent=false&endDate=2020-01-01 | ",
                "isEvent=true&endDate=2020-01-01 | ",
                "is_event=true&beginningDatetime=2020-01-01 | adults theatre cine-far free-concert",
                "modelName=top_offers | ebook adults theatre cine-far free-concert",
                "internal=1 | ebook adults theatre cine-far free-concert",
                "isRecoShuffled=true | ebook adults theatre cine-far free-concert",
                "colour=blue | ebook adults theatre cine-far free-concert"
            })
    void eachParameterOfTheQueryCounts(String query, String left) {
        assertThat(offers(get("/recommendation/20", "&" + query), RECOMMENDED))
                .containsExactlyInAnyOrder(left == null ? new String[0] : left.strip().split(" "));
    }

    @Test
    void mixesByWhatIsNamed() {
        for (String feature : List.of("subcategory_id", "search_group_name", "category")) {
            List<String> mixed =
                    offers(get("/recommendation/20", "&mixingFeatures=" + feature), RECOMMENDED);
            // Two are of one kind by any feature: they are not next to each other.
            assertThat(Math.abs(mixed.indexOf("adults") - mixed.indexOf("theatre")))
                    .as("%s: %s", feature, mixed)
                    .isGreaterThan(1);
        }
        assertThat(text("/recommendation/20?mixingFeatures=colour&" + TOKEN, 400))
                .contains("mixingFeatures");
    }

    @Test
    void shufflesWhenThatIsAskedFor() {
        Set<List<String>> orders = new HashSet<>();
        for (int call = 0; call < 20; call++) {
            orders.add(offers(get("/recommendation/20", "&is_reco_shuffled=true"), RECOMMENDED));
        }
        assertThat(orders).hasSizeGreaterThan(1);
        assertThat(offers(get("/recommendation/20", ""), RECOMMENDED))
                .isEqualTo(offers(get("/recommendation/20", ""), RECOMMENDED));
    }

    @Test
    void whatItDoesNotKnowIsCounted() {
        var counter = platform.bean(MeterRegistry.class).get(OldController.UNKNOWN).counter();
        double before = counter.count();
        get("/recommendation/20", "&colour=blue&category=CINEMA&priceMax=20");
        assertThat(counter.count()).isEqualTo(before + 2);
    }

    @Test
    void theNearestOfAnItemWithinTheTrueRadius() {
        JsonNode near =
                get(
                        "/recommendation/20",
                        "&latitude=48.85&longitude=2.34&recoRadius=1500&isSortByDistance=1");
        assertThat(offers(near, RECOMMENDED))
                .contains("cine-tonight", "theatre")
                .doesNotContain("cine-far", "free-concert")
                .last()
                .isEqualTo("ebook");
    }

    @Test
    void similarOffersHaveTheirRulesToo() {
        platform.serve("r1", "models/abc");
        platform.run(
                """
                insert into deployment.similar values ('r1', 'isbn-1', 1, 'gig-2', 1), ('r1', 'isbn-1', 2, 'show', 0.9),
                  ('r1', 'isbn-1', 3, 'gig', 0.8)
                """);
        JsonNode answer = get("/similar_offers/book", "");
        assertThat(offers(answer, "results")).containsExactly("free-concert", "ebook");
        assertThat(answer.path("params").path("model_version").asString()).isEqualTo("r1");
        assertThat(answer.path("params").has("reco_origin")).isFalse();
        assertThat(offers(get("/similar_offers/book", "&user_id=20"), "results"))
                .containsExactly("adults", "free-concert", "ebook");
        assertThat(offers(get("/similar_offers/book", "&user_id=-1&nbRecoDisplay=1"), "results"))
                .containsExactly("free-concert");
        assertThat(offers(get("/similar_offers/nothing", ""), "results")).isEmpty();
        platform.serveNoRelease();
    }

    @Test
    void whatIsNoValueIsNamed() {
        JsonNode problem =
                JSON.readTree(
                        text("/recommendation/20?" + TOKEN + "&nbRecoDisplay=0&recoRadius=x", 400));
        assertThat(problem.path("code").asString()).isEqualTo("invalid-parameter");
        assertThat(problem.path("errors").valueStream().map(flaw -> flaw.path("place").asString()))
                .containsExactlyInAnyOrder("nbRecoDisplay", "recoRadius");
    }

    @ParameterizedTest
    @CsvSource({"null, 400", "[], 400", "{, 400", "'', 200", "'{\"a\":\"x\"}', 200"})
    void bodiesAreObjectsOrNothing(String body, int status) {
        api.post()
                .uri("/recommendation/20?" + TOKEN)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    @Test
    void aBodyIsNotTooLarge() {
        api.post()
                .uri("/recommendation/20?" + TOKEN)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"a\": \"" + "x".repeat(70_000) + "\"}")
                .exchange()
                .expectStatus()
                .isEqualTo(413);
    }

    private List<String> filtered(String body) {
        return offers(post("/recommendation/20", "", body), RECOMMENDED);
    }

    private JsonNode get(String path, String query) {
        return JSON.readTree(text(path + "?" + TOKEN + query, 200));
    }

    private JsonNode post(String path, String query, String body) {
        return JSON.readTree(
                body(
                        api.post()
                                .uri(path + "?" + TOKEN + query)
                                .contentType(MediaType.APPLICATION_JSON)
                                .bodyValue(body)
                                .exchange()
                                .expectStatus()
                                .isOk()
                                .expectBody(String.class)
                                .returnResult()));
    }

    private String text(String uri, int status) {
        return body(
                api.get()
                        .uri(uri)
                        .exchange()
                        .expectStatus()
                        .isEqualTo(status)
                        .expectBody(String.class)
                        .returnResult());
    }

    private static String body(EntityExchangeResult<String> result) {
        return Objects.requireNonNull(result.getResponseBody());
    }

    private static List<String> offers(JsonNode answer, String key) {
        assertThat(answer.path(key).isArray()).isTrue();
        return answer.path(key).valueStream().map(JsonNode::asString).toList();
    }

    private static Instant hours(int ahead) {
        return SmallCulture.hours(ahead);
    }
}

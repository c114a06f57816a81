package io.farandole.gateway.playlists;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.Platform;
import io.farandole.gateway.SmallCulture;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each policy, by what the lists of users show for whom it makes a difference. */
@TestInstance(Lifecycle.PER_CLASS)
class PoliciesIT {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final Platform platform = Platform.shared();

    @BeforeAll
    void fill() {
        platform.fill(this::put);
    }

    private void put() {
        SmallCulture.fill(platform);
        item("game", "hidden", "JEU");
        offer("hidden", "game", "\"priceCents\":0,\"approved\":false");
        item("course", "closed", "COURS");
        offer(
                "closed",
                "course",
                "\"priceCents\":0,\"details\":{\"bookableUntil\":\"%s\"}"
                        .formatted(SmallCulture.now().minusSeconds(1)));
        item("lesson", "open", "COURS");
        offer(
                "open",
                "lesson",
                "\"priceCents\":0,\"details\":{\"bookableUntil\":\"%s\",\"duo\":true}"
                        .formatted(SmallCulture.now().plusSeconds(3_600)));
        // At eight in the evening, in Paris in summer.
        item("ball", "ball-2040", "BAL");
        offer("ball-2040", "ball", "\"priceCents\":0,\"startsAt\":\"2040-07-14T18:00:00Z\"");
        // Ten years ago credit was granted to a child; what counts is how old it is today.
        user("grown", 25, 30_000, "");
        user("exact", 25, 1_500, "");
        user("short", 25, 1_499, "");
        user("broke", 25, 0, "");
        user("fourteen", 14, 30_000, "");
        user("reader", 25, 30_000, "");
        booked("reader", "isbn-2", 9_500);
        item("other-digital", "other-digital", "LIVRE");
        offer("other-digital", "other-digital", "\"priceCents\":600,\"digital\":true");
        offer("cheap-digital", "cheap", "\"priceCents\":500,\"digital\":true");
        item("cheap", "cheap-digital", "LIVRE");
        user("musician", 25, 30_000, "\"CONCERT\"");
    }

    @Test
    void whatIsNotActiveOrNotBookableIsNotShown() {
        assertThat(shown("grown", "")).contains("open").doesNotContain("hidden", "closed");
        // Sold out, and over.
        assertThat(shown("grown", "")).doesNotContain("sold-out", "theatre-over");
    }

    @Test
    void theAgeIsThatOfTodayAndOfWhomNoneIsKnownThereIsNone() {
        assertThat(shown("grown", "")).contains("adults");
        assertThat(shown("fourteen", "")).doesNotContain("adults");
        assertThat(shown("nobody-at-all", "")).doesNotContain("adults");
        platform.put(
                "profile.users",
                7,
                "grown-today",
                "{\"user\":\"grown-today\",\"birthDate\":\"%s\",\"onboarding\":[],\"movements\":[]}"
                        .formatted(LocalDate.now(PARIS).minusYears(18)));
        assertThat(shown("grown-today", "")).contains("adults");
        platform.put(
                "profile.users",
                7,
                "grown-tomorrow",
                "{\"user\":\"grown-tomorrow\",\"birthDate\":\"%s\",\"onboarding\":[],\"movements\":[]}"
                        .formatted(LocalDate.now(PARIS).minusYears(18).plusDays(1)));
        assertThat(shown("grown-tomorrow", "")).doesNotContain("adults");
    }

    @Test
    void whatCostsAllTheCreditIsShownAndWhatIsFreeAlways() {
        assertThat(shown("exact", "")).contains("book").doesNotContain("theatre");
        assertThat(shown("short", "")).contains("ebook").doesNotContain("book");
        assertThat(shown("broke", ""))
                .contains("free-concert", "adults", "open")
                .doesNotContain("book", "ebook", "cine-far");
    }

    @Test
    void onDigitalOffersNoMoreIsSpentThanTheirCap() {
        assertThat(shown("grown", "")).contains("other-digital", "cheap-digital");
        // Of the 100 € that may go to them 5 € are left; for others there is enough.
        assertThat(shown("reader", ""))
                .contains("cheap-digital", "theatre")
                .doesNotContain("other-digital");
    }

    @Test
    void whatWasBookedIsNotShownByAnyOfItsOffersUnlessThatWasCancelled() {
        assertThat(shown("20", "")).contains("free-concert").doesNotContain("book");
        assertThat(shown("reader", "")).doesNotContain("ebook");
    }

    @Test
    void ofAnItemOneOfferIsShownTheNearest() {
        platform.put(
                "catalogue.offers",
                4,
                "cine-near",
                "{\"item\":\"film\",\"priceCents\":900,\"details\":{\"latitude\":48.8501,\"longitude\":2.3401}}");
        String here = "latitude=48.85&longitude=2.34";
        assertThat(shown("grown", "categories=CINEMA&" + here)).containsExactly("cine-near");
        assertThat(shown("grown", "categories=CINEMA&latitude=43.3&longitude=5.37"))
                .containsExactly("cine-far");
        platform.run("delete from catalogue.offers where key = 'cine-near'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Without a zone they are of Paris; both ends are excluded.
                "startsAfter=2040-07-14T19:59&startsBefore=2040-07-14T20:01 | true",
                "startsAfter=2040-07-14T20:00&startsBefore=2040-07-14T21:00 | false",
                "startsAfter=2040-07-14T17:59Z&startsBefore=2040-07-14T18:01Z | true",
                "startsAfter=2040-07-14T19:59Z&startsBefore=2040-07-14T20:01Z | false",
                "startsAfter=2040-07-14&startsBefore=2040-07-15 | true",
                "startsAfter=2040-07-15 | false",
                "startsBefore=2040-07-14 | false"
            })
    void tonightIsTonight(String asked, boolean isShown) {
        assertThat(shown("grown", asked).contains("ball-2040")).isEqualTo(isShown);
        String old = asked.replace("startsAfter", "startDate").replace("startsBefore", "endDate");
        assertThat(oldShown("isEvent=true&" + old).contains("ball-2040")).isEqualTo(isShown);
    }

    @Test
    void forTwoOrForOne() {
        assertThat(shown("grown", "duo=true")).containsExactly("open");
        assertThat(shown("grown", "duo=false")).contains("book").doesNotContain("open");
    }

    @Test
    void whatWasNamedAtTheStartComesFirst() {
        assertThat(shown("musician", "mixedBy=none")).startsWith("free-concert");
        assertThat(shown("grown", "mixedBy=none").getFirst()).isNotEqualTo("free-concert");
    }

    @ParameterizedTest
    @ValueSource(strings = {"subcategory", "searchGroup", "category"})
    void oneOfEachKindInTurn(String kind) {
        List<String> kinds = kinds("grown", "limit=100&mixedBy=" + kind, kind);
        // As long as there is another kind left, none comes twice in a row.
        Set<String> all = new HashSet<>(kinds);
        assertThat(kinds.subList(0, all.size())).containsExactlyInAnyOrderElementsOf(all);
    }

    private List<String> kinds(String user, String query, String kind) {
        List<String> kinds = new ArrayList<>();
        get("/v1/users/" + user + "/playlists?" + query)
                .path("offers")
                .forEach(
                        offer -> {
                            String first = offer.path("categories").path(0).asString("");
                            kinds.add(
                                    kind.equals("category")
                                            ? first
                                            : offer.path(kind).asString(first));
                        });
        return kinds;
    }

    private List<String> shown(String user, String query) {
        return get("/v1/users/" + user + "/playlists?limit=100&" + query)
                .path("offers")
                .valueStream()
                .map(offer -> offer.path("offer").asString())
                .toList();
    }

    private List<String> oldShown(String query) {
        return get("/recommendation/grown?nbRecoDisplay=100&token="
                        + Platform.OLD_TOKEN
                        + "&"
                        + query)
                .path("recommended_offers")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private JsonNode get(String path) {
        return JsonMapper.shared()
                .readTree(
                        Objects.requireNonNull(
                                platform.api()
                                        .get()
                                        .uri(
                                                URI.create(
                                                        "http://127.0.0.1:"
                                                                + platform.apiPort()
                                                                + path))
                                        .exchange()
                                        .expectStatus()
                                        .isOk()
                                        .expectBody(String.class)
                                        .returnResult()
                                        .getResponseBody()));
    }

    private void item(String item, String offer, String category) {
        platform.put(
                "catalogue.items",
                4,
                item,
                "{\"title\":\"%s\",\"categories\":[\"%s\"],\"offers\":[\"%s\"]}"
                        .formatted(item, category, offer));
    }

    private void offer(String offer, String item, String facts) {
        platform.put("catalogue.offers", 4, offer, "{\"item\":\"%s\",%s}".formatted(item, facts));
    }

    private void user(String user, int age, int cents, String onboarding) {
        platform.put(
                "profile.users",
                7,
                user,
                """
                {"user":"%s","birthDate":"%s","onboarding":[%s],
                 "movements":[{"told":["2016-01-01T00:00:00Z","app","c1"],"cents":%d}]}
                """
                        .formatted(
                                user,
                                LocalDate.now(PARIS).minusYears(age).minusDays(2),
                                onboarding,
                                cents));
    }

    private void booked(String user, String item, int cents) {
        platform.put(
                "profile.items",
                7,
                user + "|" + item,
                """
                {"user":"%s","item":"%s","bookings":[{"booking":"b","state":"MADE","priceCents":%d,"quantity":1}]}
                """
                        .formatted(user, item, cents));
    }
}

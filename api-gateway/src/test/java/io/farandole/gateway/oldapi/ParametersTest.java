package io.farandole.gateway.oldapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.gateway.eligibility.Dates;
import io.farandole.gateway.eligibility.Wish;
import io.farandole.gateway.eligibility.Wish.MixedBy;
import io.farandole.gateway.parameters.Said;
import io.farandole.gateway.problems.ProblemException;
import io.farandole.gateway.scenarios.Scenario;
import io.farandole.gateway.scenarios.Scenarios;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** What each parameter of the old API means. */
class ParametersTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void withoutAnyAreAsEver() {
        Parameters asked = read("token=t", null);
        assertThat(asked.wish()).isEqualTo(Wish.of(20));
        assertThat(asked.isFiltered()).isFalse();
        assertThat(asked.isLocated()).isFalse();
        assertThat(asked.isInternal()).isFalse();
        assertThat(asked.unknown()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "categories=CINEMA,LIVRE",
                "categories=CINEMA&categories=LIVRE",
                "categories=CINEMA&categories=,LIVRE,"
            })
    void listsAreRepeatedOrHaveCommas(String query) {
        assertThat(read(query, null).wish().kinds().searchGroups())
                .containsExactlyInAnyOrder("CINEMA", "LIVRE");
    }

    @Test
    void namesAreInEitherCaseInQueryOrBody() {
        Parameters asked =
                read(
                        "nb_reco_display=5&price_min=1.5",
                        """
                        {"nbRecoDisplay": 7, "price_max": "12.30", "isRecoMixed": false,
                         "subcategories": ["A", "B"], "offer_is_duo": "true", "movieType": "Drame"}
                        """);
        assertThat(asked.wish().size()).isEqualTo(7);
        assertThat(asked.wish().price()).isEqualTo(new Wish.Price(150, 1_230));
        assertThat(asked.wish().order().mixedBy()).isNull();
        assertThat(asked.wish().kinds().subcategories()).containsExactlyInAnyOrder("A", "B");
        assertThat(asked.wish().kinds().categories()).containsExactly("Drame");
        assertThat(asked.wish().duo()).isTrue();
        assertThat(asked.isFiltered()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "startDate=2026-11-28, 2026-11-27T23:00:00Z",
        "startDate=2026-11-28T20:30:00, 2026-11-28T19:30:00Z",
        "startDate=2026-11-28 20:30:00, 2026-11-28T19:30:00Z",
        "beginning_datetime=2026-11-28T20:30:00Z, 2026-11-28T20:30:00Z",
        "startDate=2026-11-28T20:30:00-05:00, 2026-11-29T01:30:00Z"
    })
    void timesWithoutAZoneAreThoseOfTheHouse(String query, Instant after) {
        assertThat(read(query, null).wish().dates())
                .isEqualTo(new Dates(Dates.Of.LISTING, after, null));
    }

    @Test
    void falseIsFalseAndAnEndCountsWithoutAStart() {
        Parameters asked = read("isEvent=false&endDate=2026-12-01&isRecoShuffled=0", null);
        assertThat(asked.wish().dates().of()).isEqualTo(Dates.Of.LISTING);
        assertThat(asked.wish().dates().before()).isNotNull();
        assertThat(asked.wish().order().shuffled()).isFalse();
        assertThat(read("isEvent=1", null).wish().dates().of()).isEqualTo(Dates.Of.START);
    }

    @Test
    void whereAndHowFarAndInWhichOrder() {
        Parameters asked =
                read(
                        "latitude=48.85&longitude=2.34&recoRadius=900&isSortByDistance=true"
                                + "&mixingFeatures=category&includeNumericals=false",
                        null);
        assertThat(asked.isLocated()).isTrue();
        assertThat(asked.wish().where().near()).isNotNull();
        assertThat(asked.wish().where().radiusMetres()).isEqualTo(900);
        assertThat(asked.wish().digital()).isFalse();
        assertThat(asked.wish().order()).isEqualTo(new Wish.Order(MixedBy.CATEGORY, false, true));
        assertThat(read("latitude=48.85", null).isLocated()).isFalse();
    }

    @Test
    void ofTheCallItselfOnlyTheQueryTells() {
        Parameters asked =
                read(
                        "internal=1&user_id=7",
                        "{\"internal\": 0, \"latitude\": 1, \"longitude\": 1}");
        assertThat(asked.isInternal()).isTrue();
        assertThat(asked.user()).isEqualTo("7");
        assertThat(asked.isLocated()).isFalse();
        assertThat(read("internal=yes", null).isInternal()).isFalse();
    }

    @Test
    void whatIsNotKnownIsPassedOverAndCounted() {
        Parameters asked = read("category=CINEMA&token=t", "{\"colour\": {\"a\": 1}}");
        assertThat(asked.unknown()).isEqualTo(2);
        assertThat(asked.isFiltered()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "latitude, north",
        "latitude, 91",
        "longitude, 1e9",
        "priceMax, -1",
        "priceMax, NaN",
        "priceMin, 1e3",
        "nbRecoDisplay, 0",
        "nbRecoDisplay, 151",
        "nbRecoDisplay, inf",
        "recoRadius, 0",
        "recoRadius, -5",
        "isEvent, maybe",
        "isDuo, 2",
        "isRecoMixed, yes",
        "mixingFeatures, colour",
        "startDate, tomorrow",
        "startDate, 2026-13-01",
        "endingDatetime, 2026-11-28T25:00:00"
    })
    void whatIsNoValueIsRefusedByName(String name, String value) {
        assertThatThrownBy(() -> read(name + "=" + value, null))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith(name + " is ");
    }

    @Test
    void allThatIsWrongIsNamedAtOnce() {
        assertThatThrownBy(() -> read("isEvent=maybe&isEvent=2&latitude=x&recoRadius=y", null))
                .hasMessageStartingWith("latitude is not a number from -90 to 90");
        assertThatThrownBy(() -> read("startDate=2026-11-28&endDate=2026-11-28", null))
                .hasMessageStartingWith("endDate is not after startDate");
    }

    private static Parameters read(String query, @Nullable String body) {
        var parameters = UriComponentsBuilder.fromUriString("/?" + query).build().getQueryParams();
        return Parameters.read(
                Said.of(parameters, null),
                Said.of(parameters, body == null ? null : JSON.readTree(body)),
                20,
                ZoneId.of("Europe/Paris"),
                new Scenarios(Map.of("home", Scenario.NONE)));
    }
}

package io.farandole.orchestrator.verifying;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class RecomputingShownTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final ExpectedRows expected = new ExpectedRows();
    private final RecomputingShown shown =
            new RecomputingShown(expected, NOON.plus(Duration.ofHours(6)), DAY);

    @Test
    void expectsNothingOfWhoWasForgottenWellAfterIt() {
        shown.impression(shown(0, 0));
        shown.activity(clicked(1, 1));
        shown.activity(erased(120));

        assertThat(rows()).isEmpty();
        assertThat(compared(0)).isTrue();
    }

    @Test
    void expectsAllThatIsToldWellAfterThatToo() {
        shown.impression(shown(0, 0));
        shown.activity(erased(120));
        shown.impression(shown(181, 181));
        shown.activity(clicked(185, 185));

        assertThat(rows()).containsOnlyKeys(key(181));
        assertThat(says(181).at("/outcomes/r1/clicked").asInt()).isEqualTo(1);
        assertThat(compared(181)).isTrue();
    }

    @Test
    void asksNothingOfAnHourOfWhichSomethingIsToldAroundIt() {
        shown.activity(erased(120));
        shown.impression(shown(62, 62));
        shown.impression(shown(175, 175));
        shown.impression(shown(178, 200));

        assertThat(rows()).isEmpty();
        assertThat(compared(62)).isFalse();
        assertThat(compared(175)).isFalse();
    }

    /** The outbox of the API may keep it for hours. */
    @Test
    void expectsWhatIsToldOfAnHourLongBeforeItHoursAfterIt() {
        shown.impression(shown(0, 0));
        shown.activity(erased(120));
        shown.impression(shown(5, 200));

        assertThat(says(0).path("lists")).hasSize(1);
        assertThat(compared(0)).isTrue();
    }

    @Test
    void goesByTheErasureThatWasToldLastAndWasApplied() {
        shown.activity(erased(120).putAsideBy(Set.of("guardrails")));
        shown.impression(shown(0, 0));
        assertThat(rows()).containsOnlyKeys(key(0));

        shown.activity(erased(300));
        shown.activity(erased(100));
        expected.rows(RecomputingShown.STORE).clear();
        assertThat(rows()).isEmpty();
        assertThat(compared(0)).isTrue();
    }

    /** A generation that was rebuilt has not heard it, an older one may have kept it. */
    @Test
    void asksNothingOfAnHourOfWhichSomethingIsWithheldUnlessItWasForgottenAnyway() {
        shown.withheld(shown(0, 0));
        shown.withheld(clicked(1, 2));
        shown.impression(shown(0, 0));
        shown.activity(erased(120));

        assertThat(rows()).isEmpty();
        assertThat(compared(0)).isTrue();
    }

    @Test
    void asksNothingOfAnHourOfWhichSomethingIsWithheldThatWasToldSince() {
        shown.withheld(shown(0, 200));
        shown.impression(shown(1, 201));
        shown.activity(erased(120));

        assertThat(rows()).isEmpty();
        assertThat(compared(0)).isFalse();
    }

    @Test
    void keepsNothingInMindThatTheClockHasRemovedLongBefore() {
        shown.impression(shown(-20 * 60 - 1, 0));
        shown.impression(shown(-20 * 60, 0));

        assertThat(rows()).containsOnlyKeys(key(-20 * 60));
    }

    private Map<String, ?> rows() {
        shown.finish();
        return expected.rows(RecomputingShown.STORE);
    }

    private ObjectNode says(int minute) {
        shown.finish();
        return Objects.requireNonNull(expected.rows(RecomputingShown.STORE).get(key(minute))).get();
    }

    private boolean compared(int minute) {
        JsonNode row = JsonNodeFactory.instance.objectNode();
        return !expected.regarded(RecomputingShown.STORE, Map.of(key(minute), row)).isEmpty();
    }

    private static String key(int minute) {
        return "ann|" + Math.floorDiv(at(minute).getEpochSecond(), 3_600);
    }

    private static Instant at(int minute) {
        return NOON.plusSeconds(60L * minute);
    }

    private static JournaledEvent shown(int minute, int published) {
        ObjectNode body = body().put("call", "call-" + minute).put("release", "r1");
        body.put("canary", "r1").set("items", JsonNodeFactory.instance.arrayNode().add("a"));
        return event("impressions", "playlistServed", body, minute, published);
    }

    private static JournaledEvent clicked(int minute, int published) {
        return event("activity", "viewed", body().put("item", "a"), minute, published);
    }

    private static JournaledEvent erased(int minute) {
        return event("activity", "erased", body(), minute, minute);
    }

    private static ObjectNode body() {
        return JsonNodeFactory.instance.objectNode().put("user", "ann");
    }

    private static JournaledEvent event(
            String topic, String kind, JsonNode body, int minute, int published) {
        String id = kind + "-" + minute;
        Instant at = at(minute);
        return new JournaledEvent(
                topic, kind, body, id, new Telling(at, "test", id), at, at(published), Set.of());
    }
}

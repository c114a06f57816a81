package io.farandole.orchestrator.verifying;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ComparingTest {

    private static final String STORE = "profile.items";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final JsonMapper JSON = new JsonMapper();

    private final ExpectedRows expected = new ExpectedRows();

    @Test
    void takesOneNumberInTwoSpellingsForTheSame() {
        expect("1|a", "{\"value\":4}");

        assertThat(compare(Map.of("1|a", "{\"value\":4.0}"))).isEmpty();
    }

    @Test
    void takesNullForAbsent() {
        expect("1|a", "{\"value\":4,\"rated\":null}");

        assertThat(compare(Map.of("1|a", "{\"value\":4,\"viewed\":null}"))).isEmpty();
    }

    @Test
    void namesAMissingRow() {
        expect("1|a", "{\"value\":4}");

        assertThat(compare(Map.of()))
                .containsExactly(new Discrepancy(STORE, "1|a", "the row is missing"));
    }

    @Test
    void namesARowTooMany() {
        expected.compare(STORE);

        assertThat(compare(Map.of("1|a", "{\"value\":4.0}")))
                .containsExactly(
                        new Discrepancy(STORE, "1|a", "the row is there, but no event says so"));
    }

    @Test
    void namesAWrongMemberAndOneThatNobodySaid() {
        expect("1|a", "{\"value\":4}");

        assertThat(compare(Map.of("1|a", "{\"value\":5,\"views\":7}")))
                .containsExactly(
                        new Discrepancy(STORE, "1|a", "value is 5, the events say 4"),
                        new Discrepancy(STORE, "1|a", "views is 7, the events say nothing"));
    }

    @Test
    void namesThePlaceWithinAMember() {
        expect("1|a", "{\"bookings\":[{\"state\":\"MADE\"},{\"state\":\"USED\"}]}");

        assertThat(
                        compare(
                                Map.of(
                                        "1|a",
                                        "{\"bookings\":[{\"state\":\"MADE\"},{\"state\":\"MADE\"}]}")))
                .containsExactly(
                        new Discrepancy(
                                STORE, "1|a", "bookings[1].state is MADE, the events say USED"));
        assertThat(compare(Map.of("1|a", "{\"bookings\":[]}"))).hasSize(1);
    }

    @Test
    void missesNoRowThatTheClockHasRemovedAndNamesOneThatItShouldHave() {
        long number = NOW.minus(Duration.ofDays(1)).getEpochSecond() / 3_600;
        expected.compare(STORE, Passing.of(Duration.ofHours(1), Duration.ofHours(22)));
        for (long behind = -2; behind <= 1; behind++) {
            expect("ann|" + (number - behind), "{}");
        }

        assertThat(compare(Map.of()))
                .extracting(Discrepancy::key)
                .containsExactly("ann|" + (number + 2));
        assertThat(
                        compare(
                                Map.of(
                                        "ann|" + (number - 1),
                                        "{}",
                                        "bob|" + (number - 1),
                                        "{}",
                                        "ann|" + (number + 1),
                                        "{}",
                                        "ann|" + (number + 2),
                                        "{}",
                                        "planted",
                                        "{}")))
                .containsExactly(
                        new Discrepancy(
                                STORE,
                                "ann|" + (number - 1),
                                "should be gone since 2026-03-01T10:00:00Z"),
                        new Discrepancy(
                                STORE,
                                "bob|" + (number - 1),
                                "should be gone since 2026-03-01T10:00:00Z"),
                        new Discrepancy(
                                STORE, "planted", "the row is there, but no event says so"));
    }

    private void expect(String key, String says) {
        if (!expected.stores().containsKey(STORE)) {
            expected.compare(STORE);
        }
        expected.row(STORE, key, () -> (ObjectNode) JSON.readTree(says));
    }

    private ExpectedRows.Rows rows() {
        return Objects.requireNonNull(expected.stores().get(STORE));
    }

    private List<Discrepancy> compare(Map<String, String> found) {
        Map<String, JsonNode> rows = new HashMap<>();
        found.forEach((key, value) -> rows.put(key, JSON.readTree(value)));
        return Comparing.compare(STORE, rows(), rows, NOW);
    }
}

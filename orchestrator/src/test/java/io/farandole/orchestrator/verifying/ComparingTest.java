package io.farandole.orchestrator.verifying;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ComparingTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final ExpectedRows expected = new ExpectedRows();

    @Test
    void takesOneNumberInTwoSpellingsForTheSame() {
        expected.compare("profile.items", "value");
        expected.row("profile.items", "1|a").put("value", "4");

        assertThat(compare("profile.items", Map.of("1|a", "{\"value\":4.0}"))).isEmpty();
    }

    @Test
    void namesAMissingRow() {
        expected.compare("profile.items", "value");
        expected.row("profile.items", "1|a").put("value", "4");

        assertThat(compare("profile.items", Map.of()))
                .containsExactly(new Discrepancy("profile.items", "1|a", "the row is missing"));
    }

    @Test
    void namesARowTooMany() {
        expected.compare("profile.items", "value");

        assertThat(compare("profile.items", Map.of("1|a", "{\"value\":4.0}")))
                .containsExactly(
                        new Discrepancy(
                                "profile.items", "1|a", "the row is there, but no event says so"));
    }

    @Test
    void namesAWrongField() {
        expected.compare("profile.items", "value");
        expected.row("profile.items", "1|a").put("value", "4");

        assertThat(compare("profile.items", Map.of("1|a", "{\"value\":5}")))
                .containsExactly(
                        new Discrepancy("profile.items", "1|a", "value is 5, the events say 4"));
    }

    @Test
    void namesACountThatNoEventMade() {
        expected.compare("popularity.windows", "positive", "views");
        expected.add("popularity.windows", "a|1", "positive", 1);

        assertThat(compare("popularity.windows", Map.of("a|1", "{\"positive\":1,\"views\":7}")))
                .containsExactly(
                        new Discrepancy(
                                "popularity.windows", "a|1", "views is 7, the events say nothing"));
    }

    @Test
    void sumsUpByHowMuchNumbersDiffer() {
        expected.compare("popularity.windows", "positive", "views");
        expected.add("popularity.windows", "a|1", "positive", 3);
        expected.add("popularity.windows", "gone", "views", 2);

        assertThat(
                        Comparing.distance(
                                Objects.requireNonNull(expected.stores().get("popularity.windows")),
                                Map.of(
                                        "a|1",
                                        JSON.readTree("{\"positive\":1,\"views\":7}"),
                                        "more",
                                        JSON.readTree("{\"positive\":-1}"))))
                .isEqualTo(2 + 7 + 2 + 1);
    }

    private List<Discrepancy> compare(String store, Map<String, String> found) {
        Map<String, JsonNode> rows = new HashMap<>();
        found.forEach((key, value) -> rows.put(key, JSON.readTree(value)));
        return Comparing.compare(store, Objects.requireNonNull(expected.stores().get(store)), rows);
    }
}

package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValueShapeTest {

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Told(long at, String by) {}

    record Star(int given, @Nullable Told told) {}

    record Window(List<Star> stars, Map<String, Star[]> byUser, @Nullable Window before) {}

    private static Map<String, String> window() {
        return new TreeMap<>(ValueShape.of(Window.class));
    }

    @Test
    void namesWhatIsWithinByItsPath() {
        assertThat(window())
                .containsOnlyKeys(
                        "stars",
                        "stars.given",
                        "stars.told",
                        "stars.told[]",
                        "stars.told.at",
                        "stars.told.by",
                        "byUser",
                        "byUser.given",
                        "byUser.told",
                        "byUser.told[]",
                        "byUser.told.at",
                        "byUser.told.by",
                        "before")
                .containsEntry("stars.given", "int")
                .containsEntry("byUser.told[]", "at,by");
        assertThat(ValueShape.of(String.class)).isEqualTo(Map.of("$", "java.lang.String"));
    }

    @Test
    void refusesAnotherTypeWithin() {
        Map<String, String> before = window();
        before.put("stars.given", "java.lang.String");
        assertThat(ValueShape.change(before, window()))
                .isEqualTo("stars.given was java.lang.String and now is int");
    }

    @Test
    void refusesAPrimitiveThatIsNewWithinWhatWasThere() {
        Map<String, String> before = window();
        before.remove("byUser.given");
        assertThat(ValueShape.change(before, window()))
                .isEqualTo("byUser.given is new, and int cannot be absent");
    }

    @Test
    void refusesAnotherOrderOfWhatIsWrittenAsAnArray() {
        Map<String, String> before = window();
        before.put("stars.told[]", "by,at");
        assertThat(ValueShape.change(before, window()))
                .isEqualTo("stars.told[] was by,at and now is at,by");
    }

    @Test
    void refusesWhatBecomesAnArrayOrIsNoneAnyMore() {
        Map<String, String> other = window();
        other.remove("stars.told[]");
        assertThat(ValueShape.change(other, window()))
                .isEqualTo("stars.told[] was not written as an array and now is");
        assertThat(ValueShape.change(window(), other))
                .isEqualTo("stars.told[] was written as an array and now is not");
    }

    record Two(int number, @Nullable Long twice) {}

    record One(int number) {}

    record Words(int number, @Nullable String twice) {}

    record Both(int number, long twice) {}

    /**
     * Forward and back: rows that the old version did not touch still say what the new one said.
     */
    @Test
    void remembersWhatAVersionInBetweenDoesNotKnow() {
        Map<String, String> rolledBack =
                ValueShape.remembered(ValueShape.of(Two.class), ValueShape.of(One.class));

        assertThat(ValueShape.change(rolledBack, ValueShape.of(One.class))).isNull();
        assertThat(ValueShape.change(rolledBack, ValueShape.of(Two.class))).isNull();
        assertThat(ValueShape.change(rolledBack, ValueShape.of(Words.class)))
                .isEqualTo("twice was java.lang.Long and now is java.lang.String");
        assertThat(ValueShape.remembered(rolledBack, ValueShape.of(One.class)))
                .isEqualTo(rolledBack);
        assertThat(ValueShape.remembered(rolledBack, ValueShape.of(Two.class)))
                .isEqualTo(ValueShape.of(Two.class));
    }

    /** What was always there once may be absent now. */
    @Test
    void refusesAPrimitiveThatComesBack() {
        Map<String, String> leftOut =
                ValueShape.remembered(ValueShape.of(Both.class), ValueShape.of(One.class));

        assertThat(ValueShape.change(leftOut, ValueShape.of(Both.class)))
                .isEqualTo("twice is new, and long cannot be absent");
    }

    @Test
    void takesWhatMayBeAbsent() {
        Map<String, String> before = window();
        before.keySet().removeIf(path -> path.startsWith("byUser"));
        before.remove("stars.told.by");
        assertThat(ValueShape.change(before, window())).isNull();
        assertThat(ValueShape.change(window(), before)).isNull();
    }

    @Test
    void takesShapesThatWereRememberedWithoutWhatIsWithin() {
        Map<String, String> before = window();
        before.keySet().removeIf(path -> path.contains(".") || path.contains("["));
        assertThat(ValueShape.change(before, window())).isNull();
    }
}

package io.farandole.pubsub.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The language of filters, rule by rule as it is documented. */
class FilterTest {

    private static final Map<String, String> COM = Map.of("name", "com", "lang", "en");
    private static final Map<String, String> NET = Map.of("name", "net");
    private static final Map<String, String> NONE = Map.of();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "attributes:name                                        | true  | true  | false",
                "NOT attributes:name                                    | false | false | true",
                "attributes.name = \"com\"                              | true  | false | false",
                "attributes.name=\"com\"                                | true  | false | false",
                "attributes.name != \"com\"                             | false | true  | true",
                "hasPrefix(attributes.name, \"co\")                     | true  | false | false",
                "NOT hasPrefix(attributes.name, \"co\")                 | false | true  | true",
                "hasPrefix(attributes.name, \"\")                       | true  | true  | false",
                "-attributes:lang                                       | false | true  | true",
                "attributes.name = \"com\" AND -attributes:lang         | false | false | false",
                "attributes:name AND NOT attributes.name = \"com\"      | false | true  | false",
                "NOT attributes:lang AND attributes:name                | false | true  | false",
                "NOT(attributes:lang AND attributes:name)               | false | true  | true",
                "attributes:lang OR attributes:name OR attributes:x     | true  | true  | false",
                "attributes:name AND (attributes:lang OR attributes:x)  | true  | false | false",
                "(attributes:lang)                                      | true  | false | false",
                "((attributes:x OR -(attributes:lang)))                 | false | true  | true",
                "attributes:Name                                        | false | false | false",
                "attributes.name = \"COM\"                              | false | false | false",
                "attributes:\"name\"                                    | true  | true  | false",
                "attributes.\"name\" = \"\\x63\\157\\u006d\"            | true  | false | false",
            })
    void matches(String filter, boolean com, boolean net, boolean none) {
        Filter parsed = Filter.parse(filter);
        assertThat(parsed.matches(COM)).as("com").isEqualTo(com);
        assertThat(parsed.matches(NET)).as("net").isEqualTo(net);
        assertThat(parsed.matches(NONE)).as("none").isEqualTo(none);
    }

    @Test
    void takesAnyKeyAndValueInQuotationMarks() {
        assertThat(
                        Filter.parse("attributes.\"iana.org/language_tag\" = \"en\"")
                                .matches(Map.of("iana.org/language_tag", "en")))
                .isTrue();
        assertThat(Filter.parse("attributes:\"\\u307F\\u3093\\u306A\"").matches(Map.of("みんな", "")))
                .isTrue();
        assertThat(Filter.parse("attributes:\"みんな\"").matches(Map.of("みんな", ""))).isTrue();
        assertThat(
                        Filter.parse("attributes.a = \"\\\\ \\\" \\' \\n\\t\\U0001F600\"")
                                .matches(Map.of("a", "\\ \" ' \n\t😀")))
                .isTrue();
        assertThat(Filter.parse("attributes.a = \"\\uD83D\\uDE00\"").matches(Map.of("a", "😀")))
                .isTrue();
    }

    @Test
    void takesOperatorsAndHyphensAsKeys() {
        assertThat(Filter.parse("attributes:AND AND attributes:-x-").toString())
                .isEqualTo("attributes:AND AND attributes:-x-");
        assertThat(Filter.parse("attributes.ce-type=\"a\"").matches(Map.of("ce-type", "a")))
                .isTrue();
    }

    /** The place of the error is marked with a ^ before it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "^",
                "  ^",
                "^name = \"com\"",
                "^\"com\" = attributes.name",
                "attributes.name = ^attributes.website",
                "attributes.name = ^com",
                "attributes.name^",
                "attributes^",
                "attributes.^",
                "attributes:^",
                "attributes:name ^= \"com\"",
                "attributes:^\\u307F\\u3093\\u306A",
                "attributes:^みんな",
                "attributes:a ^and attributes:b",
                "^not attributes:a",
                "attributes:a AND attributes:b ^OR attributes:c",
                "attributes:a OR attributes:b ^AND attributes:c",
                "attributes.name = \"com\" AND (^\"net\" OR \"org\")",
                "attributes:a AND^",
                "NOT ^NOT attributes:a",
                "attributes:a ^attributes:b",
                "(attributes:a^",
                "attributes:a^)",
                "(^)",
                "^hasSuffix(attributes.a, \"b\")",
                "^HASPREFIX(attributes.a, \"b\")",
                "hasPrefix(attributes^:a, \"b\")",
                "hasPrefix(^\"a\", \"b\")",
                "hasPrefix(attributes.a^)",
                "hasPrefix(attributes.a, ^b)",
                "hasPrefix(attributes.a, \"b\"^",
                "attributes.a ^! \"b\"",
                "attributes.a ^< \"b\"",
                "attributes.a = ^'b'",
                "attributes.a = ^\"b",
                "attributes.a = \"b^\\",
                "attributes.a = \"^\\q\"",
                "attributes.a = \"b^\\u12\"",
                "attributes.a = \"^\\x4g\"",
                "attributes.a = \"^\\08\"",
                "attributes.a = \"^\\U00110000\"",
                "attributes.a = ^\"\\uD800\"",
                "^Attributes:a",
            })
    void refusesWithThePlace(String marked) {
        int place = marked.indexOf('^');
        String filter = marked.substring(0, place) + marked.substring(place + 1);
        assertThatExceptionOfType(InvalidFilterException.class)
                .isThrownBy(() -> Filter.parse(filter))
                .satisfies(
                        refusal -> {
                            assertThat(refusal.position())
                                    .as(refusal.getMessage())
                                    .isEqualTo(place);
                            assertThat(refusal)
                                    .hasMessageContaining("at character " + (place + 1) + ": ");
                        });
    }

    @Test
    void saysThatOperatorsAreWrittenInCapitals() {
        assertThatExceptionOfType(InvalidFilterException.class)
                .isThrownBy(() -> Filter.parse("attributes:a or attributes:b"))
                .withMessage(
                        "The filter is wrong at character 14: found \"or\", but operators are written in capitals: OR.");
    }

    @Test
    void saysThatParenthesesAreMissing() {
        assertThatExceptionOfType(InvalidFilterException.class)
                .isThrownBy(() -> Filter.parse("attributes:a AND attributes:b OR attributes:c"))
                .withMessageContaining(
                        "found \"OR\", but AND and OR may stand together with parentheses");
    }

    @Test
    void countsBytes() {
        String longest = "attributes:" + "a".repeat(245);
        assertThat(Filter.parse(longest).matches(Map.of("a".repeat(245), ""))).isTrue();
        assertThatExceptionOfType(InvalidFilterException.class)
                .isThrownBy(() -> Filter.parse(longest + "a"))
                .withMessageContaining("257 bytes")
                .withMessageContaining("256");
        assertThatExceptionOfType(InvalidFilterException.class)
                .isThrownBy(() -> Filter.parse("attributes:\"" + "é".repeat(122) + "\""))
                .withMessageContaining("257 bytes");
    }
}

package io.farandole.gateway.items;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {

    @Test
    void isTwentyWhenNotGiven() {
        assertThat(Limit.parse(null)).isEqualTo(new Limit.Of(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "20", "100", "007"})
    void takesOneToHundred(String text) {
        assertThat(Limit.parse(text)).isEqualTo(new Limit.Of(Integer.parseInt(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "000",
                "101",
                "-1",
                "+5",
                "1.0",
                "1e1",
                "0x1",
                "ten",
                "5,6",
                "٣",
                "99999999999999999999",
                "20;drop table"
            })
    void refusesTheRestAndSaysWhatIsAllowed(String text) {
        assertThat(Limit.parse(text))
                .isInstanceOfSatisfying(
                        Limit.Refused.class,
                        refused -> assertThat(refused.reason()).contains("from 1 to 100"));
    }

    @Test
    void quotesOnlyTheStartOfALongValue() {
        assertThat(Limit.parse("x".repeat(10_000)))
                .isInstanceOfSatisfying(
                        Limit.Refused.class,
                        refused -> assertThat(refused.reason()).hasSizeLessThan(100));
    }
}

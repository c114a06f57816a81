package io.farandole.gateway.items;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class WhyTest {

    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"categories\":[\"Comedy\"],\"popularity\":12}|You like Comedy; no. 12 of what everyone likes.",
                "{\"categories\":[\"A\",\"B\",\"C\"],\"popularity\":0}|You like A, B and C.",
                "{\"categories\":[\"A\",\"B\"]}|You like A and B.",
                "{\"categories\":[],\"popularity\":1}|No. 1 of what everyone likes.",
                "{}|It may be new to you."
            })
    void saysItForPeople(String parts, String sentence) {
        assertThat(Why.ofList(List.of(), JSON.readTree(parts)).sentence()).isEqualTo(sentence);
    }

    @Test
    void namesWhatTheUserLiked() {
        var parts = JSON.readTree("{\"because\":[\"a\",\"b\"],\"categories\":[\"Comedy\"]}");
        assertThat(Why.ofList(List.of("Heat", "Casino"), parts))
                .isEqualTo(new Why("Because you liked Heat and Casino.", parts));
        assertThat(Why.ofList(List.of("Heat"), parts).sentence())
                .isEqualTo("Because you liked Heat.");
        assertThat(Why.ofList(List.of(), parts).sentence()).isEqualTo("You like Comedy.");
    }

    @ParameterizedTest
    @CsvSource({
        "1, Popular now: One user liked it.",
        "'2000', 'Popular now: 2,000 users liked it.'"
    })
    void countsThoseWhoLikedWhatIsPopular(long positive, String sentence) {
        assertThat(Why.ofPopularity(positive, positive + 1).sentence()).isEqualTo(sentence);
    }
}

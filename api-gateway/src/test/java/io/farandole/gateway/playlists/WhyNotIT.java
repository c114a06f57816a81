package io.farandole.gateway.playlists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.gateway.Platform;
import io.farandole.gateway.SmallCulture;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Why not, of each sort of reason that there is among a few offers and people. */
class WhyNotIT {

    private final Platform platform = Platform.shared();

    @Test
    void namesTheRulesOrTheRank() {
        SmallCulture.fill(platform);
        // All offers are read again every moment.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(why("20", "ebook")).isEqualTo("1 "));
        assertThat(why("20", "adults")).isEqualTo("2 ");
        assertThat(why("20", "theatre")).isEqualTo("3 ");
        assertThat(why("20", "book")).isEqualTo("- not-had-yet");
        assertThat(why("20", "sold-out")).isEqualTo("- in-stock");
        assertThat(why("20", "theatre-over")).isEqualTo("- still-bookable");
        assertThat(why("15", "adults")).isEqualTo("- old-enough");
        assertThat(why("15", "theatre")).isEqualTo("- affordable");
        assertThat(why("15", "free-concert")).isEqualTo("1 ");
        assertThat(why("20", "cine-tonight")).isEqualTo("- one-per-item");
        // Of what the list is asked for with, too.
        assertThat(why("20", "theatre?priceMaxCents=100&digital=true"))
                .isEqualTo("- within-price,digital-as-wished");
        assertThat(why("20", "theatre?scenario=books")).isEqualTo("- as-scenario-says");
        assertThat(why("20", "theatre?scenario=late")).isEqualTo("1 ");
        platform.api()
                .get()
                .uri("/v1/users/20/why-not/nothing")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    private String why(String user, String offer) {
        JsonNode answer =
                JsonMapper.shared()
                        .readTree(
                                Objects.requireNonNull(
                                        platform.api()
                                                .get()
                                                .uri("/v1/users/" + user + "/why-not/" + offer)
                                                .exchange()
                                                .expectStatus()
                                                .isOk()
                                                .expectBody(String.class)
                                                .returnResult()
                                                .getResponseBody()));
        return answer.path("rank").asString("-")
                + " "
                + answer.path("removedBy")
                        .valueStream()
                        .map(JsonNode::asString)
                        .collect(Collectors.joining(","));
    }
}

package io.farandole.gateway.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.farandole.client.ApiProblem;
import io.farandole.client.CloudEvent;
import io.farandole.client.Farandole;
import io.farandole.client.FarandoleApi;
import io.farandole.client.PlaylistAnswer;
import io.farandole.client.PlaylistAnswer.PlaylistOffer;
import io.farandole.client.PlaylistWish;
import io.farandole.client.Receipt;
import io.farandole.client.Recommendations;
import io.farandole.gateway.Platform;
import io.farandole.gateway.SmallCulture;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client for Java, against the gateway. */
class JavaClientIT {

    private final Platform platform = Platform.shared();
    private final FarandoleApi api =
            Farandole.at(URI.create("http://127.0.0.1:" + platform.apiPort()), null);

    @BeforeEach
    void fill() {
        SmallCulture.fill(platform);
        await().until(() -> !api.playlist("20", Map.of()).offers().isEmpty());
    }

    @Test
    void asksForLists() {
        Recommendations list = api.recommendations("20", 2);
        assertThat(list.recommendations()).hasSize(2);
        assertThat(list.recommendations().getFirst().item()).isEqualTo("isbn-2");
        assertThat(list.params().callId()).isNotBlank();
        assertThat(api.similar("cine-tonight", null, "20").item()).isEqualTo("film");
    }

    @Test
    void goesFromPageToPage() {
        PlaylistAnswer first =
                api.playlist("20", Map.of("limit", "1", "mixedBy", "none", "scenario", "home"));
        assertThat(first.offers()).extracting(PlaylistOffer::item).containsExactly("play");
        assertThat(first.params().scenario()).isNotNull();
        assertThat(first.params().scenario().pinned()).containsExactly("play");
        PlaylistAnswer second =
                api.playlist("20", Map.of("limit", "1", "mixedBy", "none", "after", first.next()));
        assertThat(second.offers()).extracting(PlaylistOffer::item).doesNotContain("play");
    }

    @Test
    void wishesWithTypes() {
        PlaylistWish near = PlaylistWish.ANY.latitude(48.85).longitude(2.34).mixedBy("none");
        assertThat(api.playlist("20", near.priceMaxCents(800).digital(false)).offers())
                .extracting(PlaylistOffer::offer)
                .containsExactly("adults", "cine-tonight", "free-concert");
        assertThat(api.playlist("20", near.categories("CINEMA", "LIVRE").limit(1)).offers())
                .extracting(PlaylistOffer::item)
                .containsExactly("isbn-2");
        assertThat(api.playlist(PlaylistWish.ANY.offers("book").zone("paris")).offers())
                .extracting(PlaylistOffer::item)
                .doesNotContain("isbn-1");
    }

    @Test
    void publishesAndSendsAgain() {
        List<CloudEvent> events =
                List.of(
                        CloudEvent.of(
                                null,
                                "java-client",
                                "io.farandole.interactions.rated.v1",
                                Map.of("user", "java", "offer", "theatre", "value", 4)));
        Receipt receipt = api.publish(events, "java-client-1");
        assertThat(receipt.accepted()).isEqualTo(1);
        assertThat(api.publish(events, "java-client-1").events()).isEqualTo(receipt.events());
    }

    @Test
    void saysWhyItWasRefused() {
        assertThatThrownBy(() -> api.recommendations("20", 1000))
                .asInstanceOf(InstanceOfAssertFactories.type(ApiProblem.class))
                .satisfies(
                        problem -> {
                            assertThat(problem.status()).isEqualTo(400);
                            assertThat(problem.code()).isEqualTo("invalid-parameter");
                            assertThat(problem.errors().getFirst().place()).isEqualTo("limit");
                            assertThat(problem.callId()).hasSize(36);
                        });
        FarandoleApi stranger =
                Farandole.at(URI.create("http://127.0.0.1:" + platform.apiPort()), "fk_a_b");
        assertThatThrownBy(() -> stranger.recommendations("20", 2))
                .hasMessageContaining("401 unauthenticated");
    }
}

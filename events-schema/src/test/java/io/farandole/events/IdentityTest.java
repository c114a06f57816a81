package io.farandole.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdentityTest {

    private static final byte[] BODY = "{}".getBytes(UTF_8);

    @Test
    void staysTheSameForEver() {
        assertThat(Identity.of("app", "1"))
                .isEqualTo(UUID.fromString("8dde5945-3274-198e-79cc-ae71eaea9df7"));
        assertThat(Identity.of("users", Map.of("a", "b"), BODY))
                .isEqualTo(UUID.fromString("396eba6c-8bb2-e65b-102f-a91fc36c67da"));
    }

    @Test
    void keepsSourceAndIdApart() {
        assertThat(Identity.of("app", "11")).isNotEqualTo(Identity.of("app1", "1"));
        assertThat(Identity.of("a", "b")).isNotEqualTo(Identity.of("b", "a"));
    }

    @Test
    void goesBySourceAndIdWhateverTheRest() {
        UUID identity = Identity.of("app", "1");
        assertThat(Identity.of("users", Map.of("ce-source", "app", "ce-id", "1"), BODY))
                .isEqualTo(identity);
        assertThat(
                        Identity.of(
                                "offers",
                                Map.of("ce-source", "app", "ce-id", "1", "x", "y"),
                                new byte[0]))
                .isEqualTo(identity);
    }

    @Test
    void goesByContentWithoutThem() {
        UUID junk = Identity.of("users", Map.of("ce-source", "app", "a", "b"), BODY);
        assertThat(Identity.of("users", Map.of("a", "b", "ce-source", "app"), BODY))
                .isEqualTo(junk);
        assertThat(Identity.of("users", Map.of("a", "b", "ce-source", "app", "ce-id", " "), BODY))
                .isNotEqualTo(junk);
        assertThat(Identity.of("offers", Map.of("a", "b", "ce-source", "app"), BODY))
                .isNotEqualTo(junk);
        assertThat(Identity.of("users", Map.of("a", "b", "ce-source", "app"), new byte[0]))
                .isNotEqualTo(junk);
    }

    @Test
    void overlooksWhatTheTransportAdds() {
        assertThat(
                        Identity.of(
                                "users",
                                Map.of("a", "b", "googclient_schemaencoding", "JSON"),
                                BODY))
                .isEqualTo(Identity.of("users", Map.of("a", "b"), BODY));
    }
}

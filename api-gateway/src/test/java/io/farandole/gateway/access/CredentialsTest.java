package io.farandole.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class CredentialsTest {

    private final HttpHeaders headers = new HttpHeaders();

    @Test
    void areAKeyInEitherHeader() {
        headers.set("X-Api-Key", "fk_a1_se_cr-et");
        assertThat(Credentials.of(headers)).isEqualTo(new Credentials.Key("a1", "se_cr-et"));
        headers.clear();
        headers.set("Authorization", "bearer  fk_a1_secret ");
        assertThat(Credentials.of(headers)).isEqualTo(new Credentials.Key("a1", "secret"));
    }

    @Test
    void areNoneWithoutAHeader() {
        assertThat(Credentials.of(headers)).isEqualTo(new Credentials.None());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "fk", "fk_", "fk_a", "fk_a_", "fk__s", "xx_a_s", "fk_a_sé", "fk_a_ s"})
    void areMalformedOtherwise(String text) {
        headers.set("X-Api-Key", text);
        assertThat(Credentials.of(headers)).isEqualTo(new Credentials.Malformed());
    }

    @Test
    void areMalformedWhenTooLongOrTwo() {
        headers.set("X-Api-Key", "fk_a_" + "s".repeat(200));
        assertThat(Credentials.of(headers)).isEqualTo(new Credentials.Malformed());
        headers.set("X-Api-Key", "fk_a_s");
        headers.set("Authorization", "Bearer fk_b_s");
        assertThat(Credentials.of(headers)).isEqualTo(new Credentials.Malformed());
        headers.clear();
        headers.set("Authorization", "Basic Zm9vOmJhcg==");
        assertThat(Credentials.of(headers)).isEqualTo(new Credentials.Malformed());
    }

    @Test
    void doNotShowTheirSecret() {
        assertThat(new Credentials.Key("a1", "secret")).hasToString("Key[a1]");
    }
}

package io.farandole.gateway.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ApiDescriptionIT {

    private static final Path COMMITTED = Path.of("openapi.json");
    private static final Path ACTUAL = Path.of("target", "openapi.json");

    private final Platform platform = Platform.shared();

    @Test
    void isWhatIsCommitted() throws IOException {
        byte[] body =
                platform.api()
                        .get()
                        .uri("/v3/api-docs")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .returnResult()
                        .getResponseBody();
        String actual = new String(body, StandardCharsets.UTF_8) + "\n";
        Files.writeString(ACTUAL, actual);
        assertThat(Files.exists(COMMITTED) ? Files.readString(COMMITTED) : "")
                .as("the API has changed; if that is meant: cp %s %s", ACTUAL, COMMITTED)
                .isEqualTo(actual);
    }

    @Test
    void canBeLookedAt() {
        platform.api().get().uri("/swagger-ui/index.html").exchange().expectStatus().isOk();
    }
}

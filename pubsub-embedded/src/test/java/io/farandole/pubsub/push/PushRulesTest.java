package io.farandole.pubsub.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.PushConfig;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/push",
                "http://LOCALHOST/",
                "http://127.0.0.1:1/",
                "http://127.8.8.8",
                "http://[::1]:8080/a?b=c",
                "https://localhost/push"
            })
    void takesThisMachine(String endpoint) {
        assertThat(PushRules.refuse(to(endpoint).build())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/push",
                "http://127.0.0.1.example.com/",
                "http://localhost.example.com/",
                "http://localhost@example.com/",
                "http://10.0.0.1/",
                "http://0.0.0.0/",
                "http://[::2]/",
                "ftp://localhost/",
                "localhost:8080",
                "/push",
                "http://",
                "http://localhost:65536/",
                "http://local host/"
            })
    void refusesAnywhereElse(String endpoint) {
        assertThat(PushRules.refuse(to(endpoint).build()))
                .get()
                .extracting(Status::getCode)
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void refusesWhatItDoesNotDo() {
        PushConfig.Builder config = to("http://localhost/");
        assertThat(code(config.clone().putAttributes("x-goog-version", "v1beta1")))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(
                        code(
                                config.clone()
                                        .setOidcToken(
                                                PushConfig.OidcToken.newBuilder()
                                                        .setServiceAccountEmail("a@b"))))
                .isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(code(PushConfig.newBuilder().putAttributes("x-goog-version", "v1")))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(PushRules.refuse(PushConfig.getDefaultInstance())).isEmpty();
        assertThat(PushRules.refuse(PushRules.withDefaults(config.build()))).isEmpty();
    }

    private static Status.Code code(PushConfig.Builder config) {
        return PushRules.refuse(config.build()).orElseThrow().getCode();
    }

    private static PushConfig.Builder to(String endpoint) {
        return PushConfig.newBuilder().setPushEndpoint(endpoint);
    }
}

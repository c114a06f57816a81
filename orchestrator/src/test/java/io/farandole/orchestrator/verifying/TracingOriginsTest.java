package io.farandole.orchestrator.verifying;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TracingOriginsTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final TracingOrigins origins = new TracingOrigins();

    @Test
    void isContentWhenEachFactCameOutOnce() {
        origins.source(event("interactions", "{\"user\":\"1\",\"offer\":\"o\",\"value\":4}", "r1"));
        origins.internal(
                event(
                        "activity",
                        "{\"user\":\"1\",\"item\":\"i\",\"offer\":\"o\",\"value\":4.0}",
                        "r1"));

        assertThat(origins.finish()).isEmpty();
    }

    @Test
    void namesAFactOfWhichNothingCame() {
        origins.source(event("interactions", "{\"user\":\"1\",\"offer\":\"o\",\"value\":4}", "r1"));

        assertThat(origins.finish())
                .containsExactly(
                        new Discrepancy(
                                "interactions",
                                "app r1",
                                "nothing came of this event in the internal ring"));
    }

    @Test
    void namesAFactThatCameOutTwice() {
        origins.source(event("interactions", "{\"user\":\"1\",\"offer\":\"o\",\"value\":4}", "r1"));
        origins.internal(event("activity", "{\"user\":\"1\",\"offer\":\"o\",\"value\":4}", "r1"));
        origins.internal(event("activity", "{\"user\":\"1\",\"offer\":\"o\",\"value\":4}", "r1"));

        assertThat(origins.finish()).singleElement().asString().contains("more than once");
    }

    @Test
    void namesAFactThatCameOutAsAnother() {
        origins.source(event("interactions", "{\"user\":\"1\",\"offer\":\"o\",\"value\":4}", "r1"));
        origins.internal(event("activity", "{\"user\":\"1\",\"offer\":\"o\",\"value\":5}", "r1"));

        assertThat(origins.finish())
                .singleElement()
                .asString()
                .contains("value=5")
                .contains("value=4");
    }

    @Test
    void namesAFactThatCameOutOfNowhere() {
        origins.internal(event("activity", "{\"user\":\"1\",\"offer\":\"o\",\"value\":4}", "r9"));

        assertThat(origins.finish()).singleElement().asString().contains("goes back to no event");
    }

    private static JournaledEvent event(String topic, String body, String id) {
        return new JournaledEvent(
                topic,
                "rated",
                JSON.readTree(body),
                Instant.parse("2020-01-01T00:00:00Z"),
                "app",
                id);
    }
}

package io.farandole.orchestrator.verifying;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TracingOriginsTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant REACH = Instant.parse("2026-01-01T00:00:00Z");

    private final TracingOrigins origins = new TracingOrigins(REACH);

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

    @Test
    void countsFactsWhoseOriginTheJournalNoLongerHas() {
        origins.internal(
                event(
                        "activity",
                        "rated",
                        "{\"user\":\"1\",\"offer\":\"o\",\"value\":4}",
                        "r9",
                        REACH.minusSeconds(1)));

        assertThat(origins.finish()).isEmpty();
        assertThat(origins.lost()).isEqualTo(1);
    }

    @Test
    void knowsThatNothingComesOfWhatAUserToldUntilTheErasure() {
        origins.source(event("interactions", "{\"user\":\"1\",\"offer\":\"o\"}", "r1"));
        origins.source(event("interactions", "{\"user\":\"2\",\"offer\":\"o\"}", "r2"));
        origins.source(event("users", "erased", "{\"user\":\"1\"}", "z", REACH));
        origins.internal(event("activity", "erased", "{\"user\":\"1\"}", "z", REACH));

        assertThat(origins.finish())
                .containsExactly(
                        new Discrepancy(
                                "interactions",
                                "app r2",
                                "nothing came of this event in the internal ring"));
    }

    private static JournaledEvent event(String topic, String body, String id) {
        return event(topic, "rated", body, id, REACH);
    }

    private static JournaledEvent event(
            String topic, String kind, String body, String id, Instant published) {
        return new JournaledEvent(
                topic,
                kind,
                JSON.readTree(body),
                "internal-" + id,
                new Telling(Instant.parse("2020-01-01T00:00:00Z"), "app", id),
                published,
                published,
                Set.of());
    }
}

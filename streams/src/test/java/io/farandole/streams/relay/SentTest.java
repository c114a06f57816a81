package io.farandole.streams.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentTest {

    private static final Duration SHORT = Duration.ofMillis(10);
    private static final Duration LONG = Duration.ofMillis(90);

    @Test
    void addsUpByTopicAndTellsOfAFailureAmongKeys() {
        IllegalStateException failure = new IllegalStateException("refused");

        assertThat(
                        Sent.of(
                                List.of(
                                        new Departures.Arrived(
                                                new OutboxKey("lists", "ann"),
                                                List.of(new PublishedRow(1, "m1")),
                                                List.of("trace of 1"),
                                                SHORT,
                                                null),
                                        new Departures.Arrived(
                                                new OutboxKey("ticks", "daily"),
                                                List.of(new PublishedRow(2, "m2")),
                                                List.of(),
                                                SHORT,
                                                null),
                                        new Departures.Arrived(
                                                new OutboxKey("lists", "bob"),
                                                List.of(new PublishedRow(3, "m3")),
                                                List.of("trace of 3"),
                                                LONG,
                                                failure))))
                .containsExactly(
                        new Sent("lists", 2, List.of("trace of 1", "trace of 3"), LONG, failure),
                        new Sent("ticks", 1, List.of(), SHORT, null));
    }
}

package io.farandole.streams.running;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.RECOMMENDATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.ActivityEvent;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Source;
import io.farandole.streams.Work;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which processors may be rebuilt, and what the others are told. */
final class RebuildableTest {

    private static final Source<ActivityEvent> SOURCE =
            Source.of(ACTIVITY, (_, _) -> {}, (_, _) -> Outcome.APPLIED);

    @Test
    void whatNobodyReadsMayBeSaid() {
        Processor terminal = Processor.named("p").reads(SOURCE).says(RECOMMENDATIONS).build();

        assertThat(Rebuildable.refusal(terminal, false)).isNull();
    }

    @Test
    void whatOthersReadIsNotRebuiltUnlessToldOtherwise() {
        Processor read = Processor.named("p").reads(SOURCE).says(ACTIVITY).build();

        assertThat(Rebuildable.refusal(read, false))
                .contains("p is not terminal: it writes activity, which popularity, profile")
                .contains("--even-if-read");
        assertThat(Rebuildable.refusal(read, true)).isNull();
    }

    @Test
    void longWorkIsNotDoneAgainUnlessToldOtherwise() {
        Work<ActivityEvent> work = new Work<>("work", _ -> List.of(), (_, _) -> List.of(), 1);
        Processor working = Processor.named("p").reads(SOURCE).does(work).build();

        assertThat(Rebuildable.refusal(working, false)).contains("p does long work (work)");
        assertThat(Rebuildable.refusal(working, true)).isNull();
    }

    @Test
    void theSourceRingIsNeverRebuilt() {
        Processor ingesting = Processor.named("p").readsSourceRing().build();

        assertThat(Rebuildable.refusal(ingesting, true)).contains("it is never rebuilt");
    }
}

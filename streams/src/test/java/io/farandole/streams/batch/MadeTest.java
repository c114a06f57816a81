package io.farandole.streams.batch;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.ActivityEvent;
import io.farandole.streams.Composed;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Source;
import io.farandole.streams.Stepped;
import io.farandole.streams.Timer;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Whether what a generation was made with is told apart from what it could have been made with. */
final class MadeTest {

    private static final Source<ActivityEvent> SOURCE =
            Source.of(ACTIVITY, (_, _) -> {}, (_, _) -> Outcome.APPLIED);

    private record Limits(int most) {}

    @Test
    void otherSettingsAreAnotherDescription() {
        assertThat(described(new Limits(3))).isEqualTo(described(new Limits(3)));
        assertThat(described(new Limits(3)))
                .isNotEqualTo(described(new Limits(4)))
                .isNotEqualTo(Made.description(named().build()));
    }

    @Test
    void otherTimersAreAnotherDescription() {
        assertThat(Made.description(named().fires(timer("look")).build()))
                .isNotEqualTo(Made.description(named().build()))
                .isNotEqualTo(Made.description(named().fires(timer("expiry")).build()));
    }

    @Test
    void codeOfATimerIsCode() {
        assertThat(Made.code(named().fires(timer("look")).build()))
                .isNotEqualTo(
                        Made.code(
                                named().fires(
                                                Timer.inWallClockTime(
                                                        "look", (_, _) -> {}, Written.FOLD))
                                        .build()));
    }

    @Test
    void codeOfWhatStepsArePutTogetherOfIsCode() {
        assertThat(Made.code(through(new Chain(List.of(Written.STEP)))))
                .isNotEqualTo(Made.code(through(new Chain(List.of()))))
                .isEqualTo(Made.code(through(new Chain(List.of(Written.STEP)))));
    }

    private static String described(Limits limits) {
        return Made.description(named().setBy(limits).build());
    }

    private static Processor through(Chain steps) {
        return Processor.named("made").reads(SOURCE.through("some", steps)).build();
    }

    private static Processor.Builder named() {
        return Processor.named("made").reads(SOURCE);
    }

    private static Timer timer(String name) {
        return Timer.inWallClockTime(name, (_, _) -> {}, (_, _) -> {});
    }

    private record Chain(List<Function<?, ?>> parts)
            implements UnaryOperator<Stepped<ActivityEvent>>, Composed {
        @Override
        public Stepped<ActivityEvent> apply(Stepped<ActivityEvent> stepped) {
            return stepped;
        }
    }
}

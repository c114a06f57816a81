package io.farandole.streams.batch;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.RECOMMENDATIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.ActivityEvent;
import io.farandole.events.Message;
import io.farandole.events.RecommendationEvent;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.testing.Counts;
import io.farandole.streams.testing.ProcessorDriver;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The driver keeps the contract. */
final class WindowsInMemoryTest extends WindowsContract {

    private final Machine machine = new Driven();

    @Override
    Machine machine() {
        return machine;
    }

    @Test
    void whereLateMessagesUpdateTheOrderDoesNotMatter() {
        ProcessorDriver driver = driven("hop");

        assertThatCode(() -> driver.foldsCommute(7)).doesNotThrowAnyException();
        assertThat(driver.permute(7).timers()).isEqualTo(driver.timers());
    }

    @Test
    void whereLateMessagesAreDroppedTheOrderMatters() {
        ProcessorDriver driver = driven("hour");

        assertThatThrownBy(() -> driver.foldsCommute(7))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("do not commute")
                .hasMessageContaining("hourly/ann|");
    }

    @Test
    void whatIsRedeliveredFiresNothingAgain() {
        ProcessorDriver driver = driven("hour");
        List<Message<RecommendationEvent>> said = driver.said(RECOMMENDATIONS);
        assertThat(said).isNotEmpty();

        driver.duplicate().redeliverFrom(5);

        assertThat(driver.said(RECOMMENDATIONS)).isEqualTo(said);
        assertThat(driver.counts(ACTIVITY).duplicate()).isEqualTo(35);
        assertThat(driver.counts(ACTIVITY).balances()).isTrue();
    }

    /** Twenty views, each a quarter of an hour after the other. */
    private static ProcessorDriver driven(String item) {
        ProcessorDriver driver = ProcessorDriver.of(Visits.processor());
        for (int i = 0; i < 20; i++) {
            driver.pipeTogether(ACTIVITY, List.of(viewed(i, "ann", item, 15 * i, 15 * i)));
        }
        return driver;
    }

    /** The driver as a machine. */
    static final class Driven implements Machine {

        private final ProcessorDriver driver;

        Driven() {
            this(Visits.SOURCE);
        }

        Driven(Source<ActivityEvent> source) {
            driver = ProcessorDriver.of(Visits.reading(source));
        }

        @Override
        public void hear(List<Message<ActivityEvent>> batch) {
            driver.pipeTogether(ACTIVITY, batch);
        }

        @Override
        public void advanceEventTime(Instant to) {
            driver.advanceEventTime(to);
        }

        @Override
        public void advanceWallClock(Instant to) {
            driver.advanceWallClock(to);
        }

        @Override
        public <V> Map<String, V> rows(Store<V> store) {
            return driver.rows(store);
        }

        @Override
        public List<Message<RecommendationEvent>> said() {
            return driver.said(RECOMMENDATIONS);
        }

        @Override
        public List<Long> counts() {
            Counts counts = driver.counts(ACTIVITY);
            return List.of(counts.delivered(), counts.applied(), counts.duplicate(), counts.late());
        }

        @Override
        public Map<String, Instant> timers() {
            return driver.timers();
        }
    }
}

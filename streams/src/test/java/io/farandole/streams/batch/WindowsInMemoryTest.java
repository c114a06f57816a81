package io.farandole.streams.batch;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.RECOMMENDATIONS;

import io.farandole.events.ActivityEvent;
import io.farandole.events.Message;
import io.farandole.events.RecommendationEvent;
import io.farandole.streams.Store;
import io.farandole.streams.testing.Counts;
import io.farandole.streams.testing.ProcessorDriver;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The driver keeps the contract. */
final class WindowsInMemoryTest extends WindowsContract {

    private final Machine machine = new Driven();

    @Override
    Machine machine() {
        return machine;
    }

    /** The driver as a machine. */
    static final class Driven implements Machine {

        private final ProcessorDriver driver = ProcessorDriver.of(Visits.processor());

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

package io.farandole.streams.testing;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Rated;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.OfferId;
import io.farandole.events.UserId;
import io.farandole.streams.Context;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The driver keeps the order of keys as the runner does. */
class KeyOrderTest {

    private record Log(List<String> items) {}

    private static final Store<Log> LOGS = new Store<>("logs", Log.class);
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    private final Set<String> poison = new HashSet<>(Set.of("bad"));
    private final Set<String> early = new HashSet<>(Set.of("early"));
    private final Source<ActivityEvent> source =
            Source.of(ACTIVITY, (message, rows) -> rows.update(row(message)), this::append);

    private Outcome append(Message<ActivityEvent> message, Context context) {
        String item = ((Rated) message.event()).item().value();
        if (poison.contains(item)) {
            throw new IllegalArgumentException("no such star");
        }
        if (early.contains(item)) {
            return new Outcome.Waiting("not yet");
        }
        Log before = context.get(row(message));
        List<String> items = new ArrayList<>(before == null ? List.of() : before.items());
        items.add(item);
        context.put(row(message), new Log(List.copyOf(items)));
        return Outcome.APPLIED;
    }

    @Test
    void parksTheKeyOfWhatFails() {
        ProcessorDriver driver = driver(source.keepingOrder());
        assertThat(pipe(driver, "a", "bad")).isInstanceOf(Outcome.Failed.class);
        assertThat(pipe(driver, "a", "second")).isInstanceOf(Outcome.Parked.class);
        assertThat(pipe(driver, "b", "first")).isInstanceOf(Outcome.Applied.class);
        assertThat(driver.retryWaiting().counts(ACTIVITY))
                .isEqualTo(new Counts(3, 1, 0, 0, 0, 1, 1));

        poison.clear();
        assertThat(driver.redrive().counts(ACTIVITY)).isEqualTo(new Counts(3, 3, 0, 0, 0, 0, 0));
        assertThat(driver.row(LOGS.at("user:a"))).isEqualTo(new Log(List.of("bad", "second")));
    }

    @Test
    void parksTheKeyOfWhatWaits() {
        ProcessorDriver driver = driver(source.keepingOrder());
        pipe(driver, "a", "early");
        assertThat(pipe(driver, "a", "second")).isInstanceOf(Outcome.Parked.class);
        early.clear();

        driver.retryWaiting();
        assertThat(driver.row(LOGS.at("user:a"))).isEqualTo(new Log(List.of("early", "second")));
    }

    @Test
    void parksWithinABatch() {
        ProcessorDriver driver = driver(source.keepingOrder());
        List<Message<ActivityEvent>> together =
                List.of(message(driver, "a", "bad"), message(driver, "a", "second"));

        assertThat(driver.pipeTogether(ACTIVITY, together))
                .extracting(outcome -> outcome.orElseThrow().getClass().getSimpleName())
                .containsExactly("Failed", "Parked");
    }

    @Test
    void parksNothingWhereOrderDoesNotMatter() {
        ProcessorDriver driver = driver(source);
        pipe(driver, "a", "bad");
        assertThat(pipe(driver, "a", "second")).isInstanceOf(Outcome.Applied.class);
    }

    private static ProcessorDriver driver(Source<ActivityEvent> source) {
        return ProcessorDriver.of(Processor.named("appending").reads(source).keeps(LOGS).build());
    }

    private static Outcome pipe(ProcessorDriver driver, String user, String item) {
        return driver.pipe(ACTIVITY, message(driver, user, item)).orElseThrow();
    }

    private static Message<ActivityEvent> message(
            ProcessorDriver driver, String user, String item) {
        return driver.message(
                ACTIVITY, new Rated(new UserId(user), new ItemId(item), new OfferId("o"), 4), NOON);
    }

    private static Row<Log> row(Message<ActivityEvent> message) {
        return LOGS.at(message.envelope().subject());
    }
}

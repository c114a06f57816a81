package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.streams.WindowStore;
import io.farandole.streams.batch.Histories.Batch;
import io.farandole.streams.batch.Histories.History;
import io.farandole.streams.batch.Visits.Count;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plays a history to a machine, and compares what it came to with the oracle. */
final class WindowedCounts {

    private static final int END = 1_000;

    private WindowedCounts() {}

    /** How a machine hears a batch that has a fate. */
    interface Hearing {
        void hear(History history, Batch batch);
    }

    static void check(History history, WindowsContract.Machine machine, Hearing hearing) {
        for (Batch batch : history.batches()) {
            machine.advanceWallClock(WindowsContract.at(history.lastPublished(batch)));
            hearing.hear(history, batch);
        }
        machine.advanceEventTime(WindowsContract.at(END));
        Oracle oracle = Oracle.of(history, END);
        assertThat(counts(machine, Visits.HOURLY)).isEqualTo(oracle.hourly);
        assertThat(counts(machine, Visits.HOPPING)).isEqualTo(oracle.hopping);
        assertThat(machine.rows(Visits.SESSIONS.store())).isEmpty();
        assertThat(machine.said().stream().map(one -> WindowsContract.said(one.event())))
                .containsExactlyInAnyOrderElementsOf(oracle.said);
        assertThat(machine.said().stream().map(one -> one.envelope().id())).doesNotHaveDuplicates();
        assertThat(machine.counts())
                .isEqualTo(
                        List.of(
                                (long) oracle.delivered,
                                (long) oracle.applied,
                                (long) oracle.duplicate,
                                (long) oracle.late));
        assertThat(machine.timers()).isEmpty();
    }

    /** By user and number of the window since the start. */
    private static Map<String, Integer> counts(
            WindowsContract.Machine machine, WindowStore<Count> store) {
        Map<String, Integer> counts = new TreeMap<>();
        Duration advance = store.windows().advance();
        long first = WindowsContract.START.getEpochSecond() / advance.toSeconds();
        machine.rows(store.store())
                .forEach(
                        (key, count) -> {
                            int bar = key.indexOf('|');
                            long number = Long.parseLong(key.substring(bar + 1)) - first;
                            counts.put(key.substring(1, bar) + "/" + number, count.number());
                        });
        return counts;
    }
}

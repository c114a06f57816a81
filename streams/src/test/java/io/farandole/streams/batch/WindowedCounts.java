package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.streams.WindowStore;
import io.farandole.streams.batch.Histories.Batch;
import io.farandole.streams.batch.Histories.History;
import io.farandole.streams.batch.Visits.Count;
import io.farandole.streams.judging.Judge;
import io.farandole.streams.judging.Judgements;
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
        judge(history, machine, hearing).areSatisfied("What windows came to");
    }

    static Judgements judge(History history, WindowsContract.Machine machine, Hearing hearing) {
        for (Batch batch : history.batches()) {
            machine.advanceWallClock(WindowsContract.at(history.lastPublished(batch)));
            hearing.hear(history, batch);
        }
        machine.advanceEventTime(WindowsContract.at(END));
        Oracle oracle = Oracle.of(history, END);
        Judgements all = new Judgements();
        all.ask(
                Judge.STATE,
                () -> assertThat(counts(machine, Visits.HOURLY)).isEqualTo(oracle.hourly));
        all.ask(
                Judge.STATE,
                () -> assertThat(counts(machine, Visits.HOPPING)).isEqualTo(oracle.hopping));
        all.ask(Judge.STATE, () -> assertThat(machine.rows(Visits.SESSIONS.store())).isEmpty());
        all.ask(Judge.STATE, () -> assertThat(machine.timers()).isEmpty());
        all.ask(
                Judge.SAID,
                () ->
                        assertThat(
                                        machine.said().stream()
                                                .map(one -> WindowsContract.said(one.event())))
                                .containsExactlyInAnyOrderElementsOf(oracle.said));
        all.ask(
                Judge.SAID,
                () ->
                        assertThat(machine.said().stream().map(one -> one.envelope().id()))
                                .doesNotHaveDuplicates());
        all.ask(
                Judge.LEDGER,
                () ->
                        assertThat(machine.counts())
                                .isEqualTo(
                                        List.of(
                                                (long) oracle.delivered,
                                                (long) oracle.applied,
                                                (long) oracle.duplicate,
                                                (long) oracle.late)));
        return all;
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

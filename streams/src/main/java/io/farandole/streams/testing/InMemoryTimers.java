package io.farandole.streams.testing;

import io.farandole.streams.DueTimer;
import io.farandole.streams.Firing;
import io.farandole.streams.Timer;
import io.farandole.streams.TimerChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The timers that are set, by name and key. */
final class InMemoryTimers {

    private final SortedMap<String, DueTimer> set = new TreeMap<>();

    void change(List<TimerChange> changes) {
        for (TimerChange change : changes) {
            Instant at = change.at();
            if (at == null) {
                set.remove(nameOf(change.timer(), change.key()));
            } else {
                set.merge(
                        nameOf(change.timer(), change.key()),
                        new DueTimer(
                                change.timer(), new Firing(change.key(), at), change.because()),
                        InMemoryTimers::moved);
            }
        }
    }

    void remove(DueTimer fired) {
        set.remove(nameOf(fired.timer(), fired.firing().key()));
    }

    /** Those whose time has come, the earliest first. */
    List<DueTimer> due(@Nullable Instant watermark, Instant wallClock) {
        List<DueTimer> due = new ArrayList<>();
        for (DueTimer one : set.values()) {
            Instant reached =
                    switch (one.timer().domain()) {
                        case EVENT_TIME -> watermark;
                        case WALL_CLOCK -> wallClock;
                    };
            if (reached != null && !one.firing().at().isAfter(reached)) {
                due.add(one);
            }
        }
        due.sort(Comparator.comparing(one -> one.firing().at()));
        return due;
    }

    /** When each is to fire. */
    SortedMap<String, Instant> times() {
        SortedMap<String, Instant> times = new TreeMap<>();
        for (Map.Entry<String, DueTimer> one : set.entrySet()) {
            times.put(one.getKey(), one.getValue().firing().at());
        }
        return times;
    }

    private static DueTimer moved(DueTimer before, DueTimer after) {
        return before.because().id().compareTo(after.because().id()) > 0
                ? new DueTimer(after.timer(), after.firing(), before.because())
                : after;
    }

    private static String nameOf(Timer timer, String key) {
        return timer.name() + "/" + key;
    }
}

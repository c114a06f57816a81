package io.farandole.benchmarks.counting;

import io.farandole.benchmarks.counting.Result.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Publishes a backlog while nobody counts, then lets it be counted. */
final class Draining {

    private static final Duration LOOK = Duration.ofMillis(20);

    private Draining() {}

    static Result measure(Counting counting, Trial trial) throws Exception {
        Patience patience = new Patience(LOOK);
        try (Course course = counting.course(trial.output(), trial.setting())) {
            course.publish(trial.workload().facts());
            long first;
            long begun;
            long end;
            Effort before = Effort.untilNow(counting);
            long start = System.nanoTime();
            try (Profile _ = Profile.of(trial)) {
                course.start();
                first = patience.await("counted", 1, course::applied);
                begun = System.nanoTime();
                long _ = patience.await("counted", trial.events(), course::applied);
                if (trial.output()) {
                    long _ = patience.await("outputs", trial.events(), course::outputs);
                }
                end = System.nanoTime();
            }
            Effort effort = Effort.untilNow(counting).since(before);
            course.stop();
            Tally tally = tally(trial.workload());
            int rows = tally.rows();
            course.read(tally);
            List<String> flaws = new ArrayList<>();
            tally.flaw().ifPresent(flaws::add);
            if (trial.output() && course.outputs() != trial.events()) {
                flaws.add(
                        "%,d outputs came of %,d events"
                                .formatted(course.outputs(), trial.events()));
            }
            return new Result(
                    Map.of(
                            Figure.PER_SECOND,
                            perSecond(trial.events(), first, start, begun, end),
                            Figure.MICROS_HERE,
                            effort.here().toNanos() / 1e3 / trial.events(),
                            Figure.MICROS_ELSEWHERE,
                            effort.elsewhere().toNanos() / 1e3 / trial.events(),
                            Figure.STARTED_SECONDS,
                            (begun - start) / 1e9,
                            Figure.ROWS,
                            (double) rows),
                    flaws);
        }
    }

    // From the first look at which something was counted: joining a group is no draining. But who
    // commits seldom has counted much of a backlog by then, and the rest in no time: where that is
    // more than a tenth, all is counted from the start.
    static double perSecond(int events, long first, long start, long begun, long end) {
        return first <= events / 10
                ? (events - first) / ((end - begun) / 1e9)
                : events / ((end - start) / 1e9);
    }

    private static Tally tally(Workload workload) {
        Tally tally = new Tally();
        for (Iterator<Fact> facts = workload.facts(); facts.hasNext(); ) {
            tally.add(facts.next());
        }
        return tally;
    }
}

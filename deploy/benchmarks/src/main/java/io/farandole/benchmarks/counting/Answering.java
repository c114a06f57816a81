package io.farandole.benchmarks.counting;

import io.farandole.benchmarks.counting.Result.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From when an event was due to when a reader of what is committed sees it counted. */
final class Answering {

    private static final Duration LOOK = Duration.ofMillis(20);

    private Answering() {}

    static Result measure(Counting counting, Trial trial) throws Exception {
        Patience patience = new Patience(LOOK);
        // A quarter is to get warm.
        Awaiting awaiting = new Awaiting(trial.events() / 4);
        try (Course course = counting.course(trial.output(), trial.setting())) {
            OpenLoop loop = new OpenLoop(course, trial.workload());
            course.start();
            try (Course.Watch _ = course.watch(awaiting)) {
                loop.run(awaiting::await);
                long _ = patience.await("unseen", 0, () -> -(long) awaiting.left());
            }
            course.stop();
            int rows = loop.tally().rows();
            course.read(loop.tally());
            List<String> flaws = new ArrayList<>();
            loop.tally().flaw().ifPresent(flaws::add);
            List<Double> millis = awaiting.millis();
            return new Result(
                    Map.of(
                            Figure.P50_MILLIS,
                            at(millis, 0.50),
                            Figure.P99_MILLIS,
                            at(millis, 0.99),
                            Figure.SLOWEST_MILLIS,
                            at(millis, 1),
                            Figure.ROWS,
                            (double) rows),
                    flaws);
        }
    }

    static double at(List<Double> sorted, double part) {
        return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
    }
}

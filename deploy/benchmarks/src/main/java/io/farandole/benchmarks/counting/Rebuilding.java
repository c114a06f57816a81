package io.farandole.benchmarks.counting;

import io.farandole.benchmarks.counting.Result.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Counts a backlog; then events come, a thousand a second, and all is counted a second time beside
 * that. Both counts have to be right in the end.
 */
final class Rebuilding {

    private static final Duration LOOK = Duration.ofMillis(20);

    /** Of those that come while the first count goes on: they do not count. */
    private static final int MOST_WARM = 5_000;

    private Rebuilding() {}

    static Result measure(Counting counting, Trial trial) throws Exception {
        Patience patience = new Patience(LOOK);
        int backlog = trial.events();
        int warm = Math.min(MOST_WARM, backlog / 4);
        Awaiting awaiting = new Awaiting(backlog + warm);
        Iterator<Fact> facts = trial.workload().endless().iterator();
        Tally tally = new Tally();
        try (RebuildingCourse course = counting.rebuilding(trial.setting())) {
            course.publish(counted(facts, backlog, tally));
            course.start();
            OpenLoop loop = new OpenLoop(course, facts, tally);
            Thread sending = Thread.ofPlatform().unstarted(() -> loop.run(awaiting::await));
            double read;
            double level;
            Effort effort;
            long anew;
            try (Course.Watch _ = course.watch(awaiting)) {
                long _ = patience.await("counted", backlog, course::applied);
                long _ = patience.await("archived", backlog, course::archived);
                sending.start();
                long _ = patience.await("counted live", backlog + (long) warm, course::applied);
                try (Profile _ = Profile.of(trial)) {
                    Effort before = Effort.untilNow(counting);
                    long asked = System.nanoTime();
                    course.rebuild();
                    await(patience, "read anew", course, course::isRead);
                    anew = course.rebuilt();
                    read = anew / ((System.nanoTime() - asked) / 1e9);
                    effort = Effort.untilNow(counting).since(before);
                    await(patience, "level", course, course::isLevel);
                    level = course.rebuilt() / ((System.nanoTime() - asked) / 1e9);
                }
                sending.interrupt();
                sending.join();
                long _ = patience.await("unseen", 0, () -> -(long) awaiting.left());
            } finally {
                sending.interrupt();
                sending.join();
            }
            long all = (long) backlog + loop.sent();
            long _ = patience.await("counted in the end", all, course::applied);
            long _ = patience.await("counted anew in the end", all, course::rebuilt);
            course.stop();
            int rows = tally.rows();
            List<Double> millis = awaiting.millis();
            return new Result(
                    Map.of(
                            Figure.PER_SECOND,
                            read,
                            Figure.PER_SECOND_TO_LEVEL,
                            level,
                            Figure.MICROS_HERE,
                            effort.here().toNanos() / 1e3 / anew,
                            Figure.MICROS_ELSEWHERE,
                            effort.elsewhere().toNanos() / 1e3 / anew,
                            Figure.P50_MILLIS,
                            Answering.at(millis, 0.50),
                            Figure.P99_MILLIS,
                            Answering.at(millis, 0.99),
                            Figure.SLOWEST_MILLIS,
                            Answering.at(millis, 1),
                            Figure.ROWS,
                            (double) rows),
                    flaws(course, tally));
        }
    }

    private static List<String> flaws(RebuildingCourse course, Tally tally) throws Exception {
        Tally anew = tally.copy();
        course.read(tally);
        course.readRebuilt(anew);
        List<String> flaws = new ArrayList<>();
        tally.flaw().ifPresent(flaws::add);
        anew.flaw().ifPresent(flaw -> flaws.add("counted anew: " + flaw));
        return flaws;
    }

    /** As long as the second count grows, it is waited for. */
    private static void await(
            Patience patience, String what, RebuildingCourse course, Callable<Boolean> reached)
            throws Exception {
        long _ =
                patience.await(
                        what,
                        Long.MAX_VALUE,
                        () -> reached.call() ? Long.MAX_VALUE : course.rebuilt());
    }

    private static Iterator<Fact> counted(Iterator<Fact> facts, int many, Tally tally) {
        return IntStream.range(0, many)
                .mapToObj(
                        _ -> {
                            Fact fact = facts.next();
                            int _ = tally.add(fact);
                            return fact;
                        })
                .iterator();
    }
}

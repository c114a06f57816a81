package io.farandole.benchmarks.counting;

import io.farandole.benchmarks.counting.Result.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Kills the process that counts while events come, starts another at once, and waits until that has
 * counted one. Broker and store stay.
 */
final class Recovering {

    private static final Duration LOOK = Duration.ofMillis(5);

    /** A commit that was under way at the kill ends in less; no JVM starts and counts so soon. */
    private static final Duration LAST_COMMIT = Duration.ofMillis(200);

    private static final int WARM = 5_000;

    private Recovering() {}

    static Result measure(Counting counting, Trial trial) throws Exception {
        Patience patience = new Patience(LOOK);
        try (Course course = counting.course(trial.output(), trial.setting())) {
            OpenLoop loop = new OpenLoop(course, trial.workload());
            Process process = course.startElsewhere();
            Thread sending = Thread.ofPlatform().start(() -> loop.run((_, _, _) -> {}));
            double seconds;
            try {
                long _ =
                        patience.await(
                                "counted before the kill",
                                Math.min(WARM, trial.events() / 10),
                                course::applied);
                process.destroyForcibly().waitFor();
                long killed = System.nanoTime();
                process = course.startElsewhere();
                Thread.sleep(LAST_COMMIT);
                long before = course.applied();
                long _ = patience.await("counted after the kill", before + 1, course::applied);
                seconds = (System.nanoTime() - killed) / 1e9;
                sending.interrupt();
                sending.join();
                long _ = patience.await("counted in the end", loop.sent(), course::applied);
            } finally {
                sending.interrupt();
                sending.join();
                process.destroyForcibly().waitFor();
            }
            int rows = loop.tally().rows();
            course.read(loop.tally());
            List<String> flaws = new ArrayList<>();
            loop.tally().flaw().ifPresent(flaws::add);
            return new Result(
                    Map.of(Figure.STARTED_SECONDS, seconds, Figure.ROWS, (double) rows), flaws);
        }
    }
}

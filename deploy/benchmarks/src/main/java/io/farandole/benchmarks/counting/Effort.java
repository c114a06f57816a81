package io.farandole.benchmarks.counting;

import java.time.Duration;

/**
 * The processor time that this process spent, and the others of the system: steadier than what a
 * clock shows when others are at work on the machine.
 */
record Effort(Duration here, Duration elsewhere) {

    static Effort untilNow(Counting counting) throws Exception {
        return new Effort(
                spent(ProcessHandle.current()),
                counting.others().map(Effort::spent).reduce(Duration.ZERO, Duration::plus));
    }

    Effort since(Effort before) {
        return new Effort(here.minus(before.here), elsewhere.minus(before.elsewhere));
    }

    private static Duration spent(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}

package io.farandole.benchmarks;

import java.time.Duration;

/**
 * What became of one rating.
 *
 * @param toReadModel from before it was published to the row that names it as its cause
 * @param toAnswer from before it was published to the end of the next answer, which names it too
 * @param flaw what was not as it should be; empty if nothing
 */
public record Trial(
        String user, String item, Duration toReadModel, Duration toAnswer, String flaw) {

    public boolean holds() {
        return flaw.isEmpty();
    }
}

package io.farandole.processors.triggers;

import java.util.Locale;
import java.util.Optional;

/**
 * A cause to ask for a model.
 *
 * @param by what asks
 * @param reason why, for people
 */
record Trigger(String by, String reason) {

    /**
     * @param before what there was when the last data set was asked for
     * @param since what came after that
     * @param run that data set's
     */
    static Optional<Trigger> of(Spread before, Spread since, String run, TriggerSettings settings) {
        return enough(since, run, settings).or(() -> drifted(before, since, run, settings));
    }

    private static Optional<Trigger> enough(Spread since, String run, TriggerSettings settings) {
        if (settings.interactions() == 0 || since.total() < settings.interactions()) {
            return Optional.empty();
        }
        return Optional.of(
                new Trigger(
                        "new-interactions",
                        String.format(
                                Locale.ROOT,
                                "%,d new interactions since the data set of %s; %,d are enough",
                                since.total(),
                                run,
                                settings.interactions())));
    }

    private static Optional<Trigger> drifted(
            Spread before, Spread since, String run, TriggerSettings settings) {
        if (settings.drift() == 0
                || since.total() < settings.fewest()
                || before.total() < settings.fewest()) {
            return Optional.empty();
        }
        Drift drift = Drift.between(before, since);
        if (!drift.isBeyond(settings.drift())) {
            return Optional.empty();
        }
        return Optional.of(
                new Trigger(
                        "drift",
                        String.format(
                                Locale.ROOT,
                                "%,d new interactions since the data set of %s are with other items"
                                        + " than the %,d before: stability index %.3f, by chance"
                                        + " below %.3f; from %.3f on it is drift",
                                since.total(),
                                run,
                                before.total(),
                                drift.index(),
                                drift.chance(),
                                settings.drift())));
    }
}

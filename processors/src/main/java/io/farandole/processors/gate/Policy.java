package io.farandole.processors.gate;

import io.farandole.events.TrainingEvent.Evaluated;
import java.util.List;
import java.util.Locale;

/** What has to hold before a model is served, each policy by its name. */
enum Policy {
    ENOUGH_USERS("enough test users") {
        @Override
        Finding on(Evaluated measured, GateSettings settings) {
            boolean enough = measured.testUsers() >= settings.fewestTestUsers();
            return finding(
                    enough,
                    String.format(
                            Locale.ROOT,
                            "It was measured on %,d users; at least %,d are wanted.",
                            measured.testUsers(),
                            settings.fewestTestUsers()));
        }
    },
    BEATS_POPULARITY("better than popularity") {
        @Override
        Finding on(Evaluated measured, GateSettings settings) {
            return finding(
                    measured.abovePopularityLow() > 0,
                    String.format(
                            Locale.ROOT,
                            "Its NDCG@10 is %.4f, that of popularity %.4f; by user the difference is between"
                                    + " %+.4f and %+.4f (95 %%), and has to be above 0.",
                            measured.ndcg10(),
                            measured.popularityNdcg10(),
                            measured.abovePopularityLow(),
                            measured.abovePopularityHigh()));
        }
    },
    IS_NEW("not what is served already") {
        @Override
        Finding on(Evaluated measured, GateSettings settings) {
            boolean same = measured.model().equals(measured.incumbent());
            return finding(
                    !same,
                    same
                            ? "It is the very model that is served: nothing new was learnt from."
                            : "It is another model than the one that is served, if any is.");
        }
    },
    NOT_BELOW_INCUMBENT("not worse than what is served") {
        @Override
        Finding on(Evaluated measured, GateSettings settings) {
            Double incumbent = measured.incumbentNdcg10();
            Double high = measured.aboveIncumbentHigh();
            Double low = measured.aboveIncumbentLow();
            if (incumbent == null || high == null || low == null) {
                return finding(true, "No model is served yet.");
            }
            boolean near = measured.ndcg10() >= incumbent * (1 - settings.tolerance());
            return finding(
                    high >= 0 && near,
                    String.format(
                            Locale.ROOT,
                            "Its NDCG@10 is %.4f, that of the model that is served %.4f; by user the"
                                    + " difference is between %+.4f and %+.4f (95 %%). It may not lie below 0"
                                    + " as a whole, nor the mean fall short by more than %.0f %%.",
                            measured.ndcg10(),
                            incumbent,
                            low,
                            high,
                            settings.tolerance() * 100));
        }
    },
    COVERS_ENOUGH("shows enough of the catalogue") {
        @Override
        Finding on(Evaluated measured, GateSettings settings) {
            return finding(
                    measured.coverage10() >= settings.leastCoverage(),
                    String.format(
                            Locale.ROOT,
                            "%.1f %% of the items are in anyone's first ten; at least %.1f %% are wanted.",
                            measured.coverage10() * 100,
                            settings.leastCoverage() * 100));
        }
    };

    private final String title;

    Policy(String title) {
        this.title = title;
    }

    abstract Finding on(Evaluated measured, GateSettings settings);

    /** What all policies say. */
    static List<Finding> all(Evaluated measured, GateSettings settings) {
        return List.of(values()).stream().map(policy -> policy.on(measured, settings)).toList();
    }

    Finding finding(boolean passed, String reason) {
        return new Finding(title, passed, reason);
    }
}

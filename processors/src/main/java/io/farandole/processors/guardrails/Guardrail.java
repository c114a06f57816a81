package io.farandole.processors.guardrails;

import java.util.List;
import java.util.Locale;

/** What must not become less by a canary, each by its name. */
enum Guardrail {
    CLICKS("clicks", "clicked on") {
        @Override
        Outcomes.Act of(Outcomes outcomes) {
            return outcomes.clicks();
        }
    },
    BOOKINGS("bookings", "booked from") {
        @Override
        Outcomes.Act of(Outcomes outcomes) {
            return outcomes.bookings();
        }
    };

    private final String title;
    private final String done;

    Guardrail(String title, String done) {
        this.title = title;
        this.done = done;
    }

    abstract Outcomes.Act of(Outcomes outcomes);

    /** What all say. */
    static List<Finding> all(Outcomes outcomes, GuardrailSettings settings) {
        return List.of(values()).stream()
                .map(guardrail -> guardrail.on(guardrail.of(outcomes), settings))
                .toList();
    }

    private Finding on(Outcomes.Act act, GuardrailSettings settings) {
        Arm canary = act.canary();
        Arm others = act.others();
        if (Math.min(canary.lists(), others.lists()) < settings.fewestLists()) {
            return finding(
                    Finding.Says.NOTHING,
                    String.format(
                            Locale.ROOT,
                            "Its lists were shown %,.0f times, the others' %,.0f times; at least %,d"
                                    + " each are wanted.",
                            canary.lists(),
                            others.lists(),
                            settings.fewestLists()));
        }
        double difference = canary.rate() - others.rate();
        double margin = settings.deviations() * deviation(canary, others);
        double worst = -settings.tolerance() * others.rate();
        Finding.Says says =
                difference + margin < 0
                        ? Finding.Says.BAD
                        : difference - margin > worst ? Finding.Says.GOOD : Finding.Says.NOTHING;
        return finding(
                says,
                String.format(
                        Locale.ROOT,
                        "%.2f %% of %,.0f lists were %s, of the others' %,.0f lists %.2f %%; the"
                                + " difference is between %+.2f and %+.2f points, may not lie below 0"
                                + " as a whole, and should lie above %+.2f.",
                        canary.rate() * 100,
                        canary.lists(),
                        done,
                        others.lists(),
                        others.rate() * 100,
                        (difference - margin) * 100,
                        (difference + margin) * 100,
                        worst * 100));
    }

    /**
     * Of the difference. At least what it would be if both were the same and all lists independent:
     * where next to nothing was done yet, the variance that was seen is too small.
     */
    private static double deviation(Arm canary, Arm others) {
        double pooled = (canary.acted() + others.acted()) / (canary.lists() + others.lists());
        double ofSame = pooled * (1 - pooled) * (1 / canary.lists() + 1 / others.lists());
        return Math.sqrt(Math.max(ofSame, canary.variance() + others.variance()));
    }

    private Finding finding(Finding.Says says, String reason) {
        return new Finding(title, says, reason);
    }
}

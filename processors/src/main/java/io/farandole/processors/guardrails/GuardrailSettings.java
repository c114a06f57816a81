package io.farandole.processors.guardrails;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When canaries are judged, and by how much: {@code farandole.guardrails.*}.
 *
 * @param lookEvery how often a canary is looked at
 * @param shortest nothing is promoted before; what is bad is rolled back as soon as it shows
 * @param longest what nothing speaks against then is promoted, however little it was shown
 * @param fewestLists that a canary and the others must have been shown each, for anything to be
 *     concluded from them
 * @param tolerance how much less may at worst be done with a good canary's lists, as a part of what
 *     is done with the others'
 * @param deviations how many standard deviations are beyond chance. More than the usual two, for it
 *     is looked at often, and each look is another chance to be wrong
 */
@ConfigurationProperties("farandole.guardrails")
record GuardrailSettings(
        @DefaultValue("1m") Duration lookEvery,
        @DefaultValue("1h") Duration shortest,
        @DefaultValue("24h") Duration longest,
        @DefaultValue("500") int fewestLists,
        @DefaultValue("0.2") double tolerance,
        @DefaultValue("3") double deviations) {

    GuardrailSettings {
        require(lookEvery.isPositive(), "look-every", lookEvery, "must be positive");
        require(!shortest.isNegative(), "shortest", shortest, "must not be negative");
        require(
                longest.compareTo(shortest) >= 0,
                "longest",
                longest,
                "must be no less than shortest, " + shortest);
        require(fewestLists >= 1, "fewest-lists", fewestLists, "must be at least 1");
        require(tolerance > 0 && tolerance < 1, "tolerance", tolerance, "must be between 0 and 1");
        require(deviations > 0, "deviations", deviations, "must be positive");
    }

    private static void require(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "farandole.guardrails." + name + " = " + value + " " + rule);
        }
    }
}

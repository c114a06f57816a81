package io.farandole.processors.deployment;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How releases are published: {@code farandole.deployment.*}.
 *
 * @param canaryShare of the users to whom a new release is served until it is promoted or rolled
 *     back, in percent; 100 means that it is served to everybody at once. The first release always
 *     is: there is nothing to serve to the others
 * @param kept how many releases can be gone back to; models and data sets of older ones are deleted
 * @param predictions where released models answer predictions too, for programs with histories of
 *     their own
 */
@ConfigurationProperties("farandole.deployment")
record DeploymentSettings(
        @DefaultValue("10") int canaryShare,
        @DefaultValue("5") int kept,
        @DefaultValue("none") Predictions predictions) {

    /** Where models answer predictions. */
    enum Predictions {
        NONE,
        /** Behind an endpoint of Vertex AI, as {@code farandole.vertex.*} says. */
        VERTEX
    }

    DeploymentSettings {
        require(canaryShare >= 1 && canaryShare <= 100, "canary-share", canaryShare, "1 to 100");
        require(kept >= 2, "kept", kept, "2 up: the one before has to be there to go back to");
    }

    boolean isTriedFirst() {
        return canaryShare < 100;
    }

    private static void require(boolean holds, String name, int value, String range) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "farandole.deployment." + name + " = " + value + ": must be from " + range);
        }
    }
}

package io.farandole.processors.gate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the gate's thresholds are: {@code farandole.gate.*}.
 *
 * @param fewestTestUsers fewer say too little
 * @param leastCoverage the least part that has to be in anyone's first ten, of the items that
 *     somebody had met
 * @param tolerance how much of the served model's NDCG@10 a candidate may fall short by, as a part
 *     of it
 */
@ConfigurationProperties("farandole.gate")
record GateSettings(
        @DefaultValue("50") int fewestTestUsers,
        @DefaultValue("0.01") double leastCoverage,
        @DefaultValue("0.02") double tolerance) {

    GateSettings {
        require(fewestTestUsers >= 1, "fewest-test-users", fewestTestUsers, "must be at least 1");
        require(
                leastCoverage >= 0 && leastCoverage <= 1,
                "least-coverage",
                leastCoverage,
                "must be between 0 and 1");
        require(tolerance >= 0 && tolerance < 1, "tolerance", tolerance, "must be from 0 up to 1");
    }

    private static void require(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "farandole.gate." + name + " = " + value + " " + rule);
        }
    }
}

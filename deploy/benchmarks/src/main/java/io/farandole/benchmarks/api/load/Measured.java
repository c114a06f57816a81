package io.farandole.benchmarks.api.load;

import tools.jackson.databind.json.JsonMapper;

/**
 * What came of a load.
 *
 * @param answers with status 200
 * @param failures answers with another one, and requests without any
 */
public record Measured(
        long answers, long failures, double seconds, double p50, double p99, double max) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public double perSecond() {
        return answers / seconds;
    }

    static Measured of(Millis millis, long failures, double seconds) {
        return new Measured(
                millis.count(), failures, seconds, millis.at(0.5), millis.at(0.99), millis.at(1));
    }

    String line() {
        return JSON.writeValueAsString(this);
    }

    static Measured parse(String line) {
        return JSON.readValue(line, Measured.class);
    }
}

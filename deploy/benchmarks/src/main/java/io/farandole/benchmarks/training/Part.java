package io.farandole.benchmarks.training;

/** What can be measured alone. */
public enum Part {
    ALS,
    EASE,
    SCORING,
    GROWTH
}

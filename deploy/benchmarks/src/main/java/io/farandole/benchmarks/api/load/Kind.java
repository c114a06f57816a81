package io.farandole.benchmarks.api.load;

/** What is asked for. */
public enum Kind {
    /** A personal list of twenty with geo, credit, exclusions and mixing. */
    LIST,
    /** One row by its key, in the same process. */
    BARE
}

package io.farandole.streams.batch;

/** How one performing of a work ended, as the database has it. */
public enum WorkEnd {
    /** What it returned is said. */
    DONE,
    /** It failed, and is due again after a pause. */
    POSTPONED,
    /** It failed for the last time, and that is said. */
    GIVEN_UP,
    /** Another owner has taken it, or it was ended already: nothing was changed. */
    LOST
}

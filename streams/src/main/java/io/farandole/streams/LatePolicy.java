package io.farandole.streams;

/** What becomes of a message whose windows are all closed: the watermark is past end and grace. */
public enum LatePolicy {
    /** It is folded in all the same; a result that was final is then said again. */
    UPDATE,
    /** It changes nothing and is counted as late. */
    DROP,
    /** It changes nothing, is counted as late, and is kept whole among the dead letters. */
    DIVERT
}

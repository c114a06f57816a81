package io.farandole.benchmarks.counting;

/** A course on which all is counted a second time, from where the system keeps what was said. */
public interface RebuildingCourse extends Course {

    /** How many events are kept where a second count reads them. */
    long archived() throws Exception;

    /** Asks for a second count of everything, beside the one that goes on. */
    void rebuild() throws Exception;

    /** Whether the second count has all that was kept when it was asked for. */
    boolean isRead() throws Exception;

    /** Whether the second count is as far as the first, in the system's own judgement. */
    boolean isLevel() throws Exception;

    /** How many events' effects are committed in the second count. */
    long rebuilt() throws Exception;

    /** Tells every row of the second count, as {@link #read} does of the first. */
    void readRebuilt(Tally tally) throws Exception;
}

package io.farandole.benchmarks.counting;

import java.util.stream.Stream;

/** A system that counts by key and window, with all that it needs: broker and store. */
public interface Counting extends AutoCloseable {

    /**
     * An empty topic, and a processor that never ran, of which nobody else knows.
     *
     * @param output whether each input is to have one output
     * @param setting how the processor is set
     */
    Course course(boolean output, String setting) throws Exception;

    /** The same, without outputs, of whose state a second one can be made while it counts. */
    RebuildingCourse rebuilding(String setting) throws Exception;

    /** The other processes that it consists of, beside this one. */
    Stream<ProcessHandle> others() throws Exception;

    @Override
    void close();
}

package io.farandole.benchmarks.report;

import java.util.List;

/**
 * What a benchmark found.
 *
 * @param beside whose figures stand beside: empty if nobody's
 * @param limits what the machine itself can do, for comparison
 * @param flaws what was wrong in what was measured; slowness is none
 */
public record Report(
        String benchmark,
        Extent extent,
        String startedAt,
        double seconds,
        Machine machine,
        String beside,
        List<Row> rows,
        List<Row> limits,
        List<String> notes,
        List<String> flaws) {}

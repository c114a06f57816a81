/** What a benchmark is asked for, says as it goes, and reports: a table, and a file of the same. */
@NullMarked
package io.farandole.benchmarks.report;

import org.jspecify.annotations.NullMarked;

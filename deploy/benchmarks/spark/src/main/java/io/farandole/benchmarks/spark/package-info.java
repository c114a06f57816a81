/** Spark's side of the comparison, which knows nothing of Farandole. */
@NullMarked
package io.farandole.benchmarks.spark;

import org.jspecify.annotations.NullMarked;

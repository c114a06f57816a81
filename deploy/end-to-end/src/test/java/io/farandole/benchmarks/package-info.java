/** The benchmarks, each for a moment. */
@NullMarked
package io.farandole.benchmarks;

import org.jspecify.annotations.NullMarked;

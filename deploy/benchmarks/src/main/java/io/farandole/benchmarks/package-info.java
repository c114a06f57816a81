/** What speed is measured by; each class with a main method is a benchmark of its own. */
@NullMarked
package io.farandole.benchmarks;

import org.jspecify.annotations.NullMarked;

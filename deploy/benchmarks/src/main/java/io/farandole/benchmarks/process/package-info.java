/** Programs in processes of their own, so that what is measured is alone in its JVM. */
@NullMarked
package io.farandole.benchmarks.process;

import org.jspecify.annotations.NullMarked;

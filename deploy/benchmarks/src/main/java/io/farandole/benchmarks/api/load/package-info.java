/** Those who ask, in a process of their own: as cheap as can be, for they share the processors. */
@NullMarked
package io.farandole.benchmarks.api.load;

import org.jspecify.annotations.NullMarked;

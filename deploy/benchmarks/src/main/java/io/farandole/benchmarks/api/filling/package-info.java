/** Read models of a culture, as the processors would have written them. */
@NullMarked
package io.farandole.benchmarks.api.filling;

import org.jspecify.annotations.NullMarked;

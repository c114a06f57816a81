/** Who looks at what became of a run, and a table of what they saw where a fault was planted. */
@NullMarked
package io.farandole.streams.judging;

import org.jspecify.annotations.NullMarked;

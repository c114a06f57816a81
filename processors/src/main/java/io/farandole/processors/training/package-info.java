/** Trains each candidate of a run, in a process of its own. */
@NullMarked
package io.farandole.processors.training;

import org.jspecify.annotations.NullMarked;

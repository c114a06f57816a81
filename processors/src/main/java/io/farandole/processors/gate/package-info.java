/** Judges what was measured: may a model be served, and why. */
@NullMarked
package io.farandole.processors.gate;

import org.jspecify.annotations.NullMarked;

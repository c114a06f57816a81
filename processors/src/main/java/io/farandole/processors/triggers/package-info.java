/**
 * Asks for a model when enough has happened since the last data set, or when what happens differs
 * from what was learnt from. Nobody is told how to make it.
 */
@NullMarked
package io.farandole.processors.triggers;

import org.jspecify.annotations.NullMarked;

/**
 * MovieLens' files as events: every line is checked by itself, so that a broken one spoils no
 * neighbour.
 */
@NullMarked
package io.farandole.local.movielens;

import org.jspecify.annotations.NullMarked;

/**
 * A culture to try the platform on: made up, from a seed, and the same for the same seed and day.
 * Nobody in it exists; its history follows taste, place and price, so that there is something to
 * learn from it.
 */
@NullMarked
package io.farandole.local.culture;

import org.jspecify.annotations.NullMarked;

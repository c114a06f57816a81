/**
 * Popularity within taste: what many like, weighed by how much each user likes its kind. The model
 * that needs no training, and the one to beat.
 */
@NullMarked
package io.farandole.recommenders.taste;

import org.jspecify.annotations.NullMarked;

/**
 * From interactions to models: EASE, neighbours, popularity; memory is counted before it is taken.
 */
@NullMarked
package io.farandole.recommenders.training;

import org.jspecify.annotations.NullMarked;

/** Measures each trained model on what came later, beside popularity and what is served now. */
@NullMarked
package io.farandole.processors.evaluation;

import org.jspecify.annotations.NullMarked;

/** How good a model is: full rankings against what was held out, with intervals. */
@NullMarked
package io.farandole.recommenders.evaluation;

import org.jspecify.annotations.NullMarked;

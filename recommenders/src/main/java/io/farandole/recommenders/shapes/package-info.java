/** Interactions that are made up, of the shapes that public data sets have. */
@NullMarked
package io.farandole.recommenders.shapes;

import org.jspecify.annotations.NullMarked;

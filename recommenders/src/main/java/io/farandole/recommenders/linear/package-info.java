/** The algebra of item-item models: pairs counted, filters, ridges, blends; all in numbers. */
@NullMarked
package io.farandole.recommenders.linear;

import org.jspecify.annotations.NullMarked;

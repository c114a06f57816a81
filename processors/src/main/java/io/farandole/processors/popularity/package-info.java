/** How much users act on each item, counted in windows of event time. */
@NullMarked
package io.farandole.processors.popularity;

import org.jspecify.annotations.NullMarked;

/** What exists and may be recommended: items, and the offers that they can be had by. */
@NullMarked
package io.farandole.processors.catalogue;

import org.jspecify.annotations.NullMarked;

/** Directories that are there as a whole or not at all. */
@NullMarked
package io.farandole.recommenders.files;

import org.jspecify.annotations.NullMarked;

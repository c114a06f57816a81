/** Interactions in files: read, split in time, fingerprinted, kept as a data set's directory. */
@NullMarked
package io.farandole.recommenders.dataset;

import org.jspecify.annotations.NullMarked;

/** What {@code verify} computes, held against what the folds make of the same events. */
@NullMarked
package io.farandole.local.verifying;

import org.jspecify.annotations.NullMarked;

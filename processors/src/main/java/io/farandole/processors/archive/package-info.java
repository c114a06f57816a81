/**
 * The archive's port: every internal event, once, as it was said. Whoever rebuilds or learns reads
 * it here; the warehouse keeps it.
 */
@NullMarked
package io.farandole.processors.archive;

import org.jspecify.annotations.NullMarked;

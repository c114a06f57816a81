/** How the orchestrator says something itself: as any producer, through the broker. */
@NullMarked
package io.farandole.orchestrator.publishing;

import org.jspecify.annotations.NullMarked;

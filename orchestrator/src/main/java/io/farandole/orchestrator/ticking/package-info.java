/**
 * An embedded clock: says on {@code ticks} that a schedule is due, where no Cloud Scheduler does.
 */
@NullMarked
package io.farandole.orchestrator.ticking;

import org.jspecify.annotations.NullMarked;

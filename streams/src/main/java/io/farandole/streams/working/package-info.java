/**
 * Performs long work, outside any transaction: {@link io.farandole.streams.working.WorkRunner}
 * takes what folds entrusted, one at a time, under a lease that heartbeats prolong.
 */
@NullMarked
package io.farandole.streams.working;

import org.jspecify.annotations.NullMarked;

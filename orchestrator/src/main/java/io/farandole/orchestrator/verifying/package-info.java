/**
 * Does the state hold? Traces every source event of the broker's journal to the internal event that
 * it became, computes from those what the rows should say, by plain loops that share no code with
 * the folds, and names whatever says otherwise.
 */
@NullMarked
package io.farandole.orchestrator.verifying;

import org.jspecify.annotations.NullMarked;

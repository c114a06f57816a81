/**
 * Does the state hold? Computes from the archive's internal events what the rows should say, by
 * plain loops that share no code with the folds; traces each of them back to its source event, as
 * far as the broker's journal reaches; and names whatever says otherwise.
 */
@NullMarked
package io.farandole.orchestrator.verifying;

import org.jspecify.annotations.NullMarked;

/**
 * The run ledger: what the steps of a training say, kept as each run's timeline, and what can be
 * read off it. Only listens: no step is ordered, and none knows that it is watched.
 */
@NullMarked
package io.farandole.orchestrator.runs;

import org.jspecify.annotations.NullMarked;

/**
 * The effectively-once batch transaction: what was heard, the state and what is to be said change
 * together in Postgres or not at all. {@link io.farandole.streams.batch.StreamsSchema} and {@link
 * io.farandole.streams.batch.PreparingProcessors} make the tables, {@link
 * io.farandole.streams.batch.BatchTransaction} applies micro-batches.
 */
@NullMarked
package io.farandole.streams.batch;

import org.jspecify.annotations.NullMarked;

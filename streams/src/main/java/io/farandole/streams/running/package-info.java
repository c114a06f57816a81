/**
 * Runs processors over Pub/Sub: supervised subscriptions feed lanes, workers take micro-batches
 * from them into transactions and acknowledge after the commit.
 */
@NullMarked
package io.farandole.streams.running;

import org.jspecify.annotations.NullMarked;

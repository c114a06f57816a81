/**
 * Publishes what processors said: reads the outbox in the order of each key, under a fenced lease,
 * and marks what the broker has acknowledged.
 */
@NullMarked
package io.farandole.streams.relay;

import org.jspecify.annotations.NullMarked;

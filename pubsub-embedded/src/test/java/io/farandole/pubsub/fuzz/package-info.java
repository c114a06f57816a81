/** Requests that no client should send, and what the server says to them. */
@NullMarked
package io.farandole.pubsub.fuzz;

import org.jspecify.annotations.NullMarked;

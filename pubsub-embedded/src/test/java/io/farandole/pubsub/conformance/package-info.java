/**
 * Whether a server does what the public documentation of Pub/Sub says: cases, and who runs them.
 */
@NullMarked
package io.farandole.pubsub.conformance;

import org.jspecify.annotations.NullMarked;

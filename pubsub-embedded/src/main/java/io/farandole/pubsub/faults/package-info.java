/** Faults on demand: what a Pub/Sub does to its clients on a bad day, by rule and from a seed. */
@NullMarked
package io.farandole.pubsub.faults;

import org.jspecify.annotations.NullMarked;

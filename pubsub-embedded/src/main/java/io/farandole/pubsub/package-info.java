/** A Pub/Sub server for the JVM: google.pubsub.v1 over gRPC on loopback, for laptops and tests. */
@NullMarked
package io.farandole.pubsub;

import org.jspecify.annotations.NullMarked;

/** Google's client against a Pub/Sub server in another process: ours, and Google's emulator. */
@NullMarked
package io.farandole.benchmarks.pubsub;

import org.jspecify.annotations.NullMarked;

/** Farandole's processors beside Kafka Streams: the same keyed count in windows. */
@NullMarked
package io.farandole.benchmarks.streams;

import org.jspecify.annotations.NullMarked;

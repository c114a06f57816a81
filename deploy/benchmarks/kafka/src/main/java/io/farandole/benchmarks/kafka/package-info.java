/** The same count in Kafka Streams: broker, processor, publisher and reader. */
@NullMarked
package io.farandole.benchmarks.kafka;

import org.jspecify.annotations.NullMarked;

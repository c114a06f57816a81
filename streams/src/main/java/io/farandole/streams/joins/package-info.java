/**
 * Joins, in the words of Kafka Streams: each makes sources out of topics, stores and what is to
 * come of a pair. A joined table is an input of the same processor, with a store of its own.
 */
@NullMarked
package io.farandole.streams.joins;

import org.jspecify.annotations.NullMarked;

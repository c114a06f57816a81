/**
 * How events are heard: a {@link io.farandole.streams.Processor} is described here, plainly and
 * purely, apart from being run. The same description serves the runner over Pub/Sub and Postgres
 * and the in-memory driver of the tests.
 */
@NullMarked
package io.farandole.streams;

import org.jspecify.annotations.NullMarked;

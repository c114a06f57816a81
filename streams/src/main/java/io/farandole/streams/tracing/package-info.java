/** Spans of OpenTelemetry: what was done with which messages, and for how long. */
@NullMarked
package io.farandole.streams.tracing;

import org.jspecify.annotations.NullMarked;

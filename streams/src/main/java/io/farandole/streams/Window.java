package io.farandole.streams;

import java.time.Instant;

/** A stretch of event time: from its start on, up to its end and without it. */
public record Window(Instant start, Instant end) {}

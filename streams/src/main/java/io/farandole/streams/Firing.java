package io.farandole.streams;

import java.time.Instant;

/**
 * A timer fires.
 *
 * @param key for which it was set
 * @param at the time for which it was set, however much later it fires
 */
public record Firing(String key, Instant at) {}

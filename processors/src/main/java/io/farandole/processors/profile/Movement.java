package io.farandole.processors.profile;

import io.farandole.streams.Told;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Credit that came or went.
 *
 * @param cents more than 0 when granted, less when spent
 */
record Movement(Told told, int cents, @Nullable Instant expires) {}

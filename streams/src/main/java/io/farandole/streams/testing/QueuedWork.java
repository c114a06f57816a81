package io.farandole.streams.testing;

import io.farandole.events.Message;
import org.jspecify.annotations.Nullable;

/**
 * Long work that is queued.
 *
 * @param work its name
 * @param message what was entrusted to it
 * @param attempts how often it has failed
 * @param lastFailure why it failed last
 */
public record QueuedWork(
        String work, Message<?> message, int attempts, @Nullable Throwable lastFailure) {}

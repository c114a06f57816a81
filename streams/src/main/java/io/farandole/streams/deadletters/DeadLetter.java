package io.farandole.streams.deadletters;

import io.farandole.streams.batch.DeadLetterCause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that was put aside, without the message.
 *
 * @param key what the message is about, {@code user:42}, as far as it says so
 * @param open whether it is still to be applied
 * @param parked whether it stands in its key's line: those behind it wait for it
 * @param attempts how often it was tried
 * @param nextAttempt when it is tried again by itself, or because it was redriven
 * @param place where in the message, or in the code, the trouble is
 * @param fingerprint the same for all troubles of one kind
 */
public record DeadLetter(
        long id,
        String processor,
        int generation,
        String topic,
        @Nullable String key,
        DeadLetterCause cause,
        boolean open,
        boolean parked,
        int attempts,
        Instant published,
        Instant firstSeen,
        @Nullable Instant nextAttempt,
        String reason,
        String place,
        String fingerprint,
        @Nullable String errorClass) {}

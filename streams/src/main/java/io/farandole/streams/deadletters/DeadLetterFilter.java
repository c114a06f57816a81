package io.farandole.streams.deadletters;

import io.farandole.streams.batch.DeadLetterCause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which messages are meant: those that fulfil all of it.
 *
 * @param ids none means any
 */
public record DeadLetterFilter(
        List<Long> ids,
        @Nullable String processor,
        @Nullable String topic,
        @Nullable DeadLetterCause cause,
        @Nullable String key,
        @Nullable String fingerprint) {

    /** All that are open. */
    public static final DeadLetterFilter ALL =
            new DeadLetterFilter(List.of(), null, null, null, null, null);

    public static DeadLetterFilter ofIds(List<Long> ids) {
        return new DeadLetterFilter(List.copyOf(ids), null, null, null, null, null);
    }

    public static DeadLetterFilter ofFingerprint(String fingerprint) {
        return new DeadLetterFilter(List.of(), null, null, null, null, fingerprint);
    }

    public static DeadLetterFilter ofProcessor(String processor) {
        return new DeadLetterFilter(List.of(), processor, null, null, null, null);
    }

    /**
     * Whether messages from beyond the horizon are meant too: whether they were applied is not
     * known any more, so they have to be named.
     */
    boolean namesExpired() {
        return !ids.isEmpty() || cause == DeadLetterCause.EXPIRED_HORIZON;
    }
}

package io.farandole.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event of CloudEvents 1.0.
 *
 * @param id unique within the source; null only beside an idempotency key
 * @param type {@code io.farandole.<topic>.<kind>.v1}
 * @param time when it happened; now, if null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CloudEvent(
        String specversion,
        @Nullable String id,
        String source,
        String type,
        @Nullable Instant time,
        Map<String, Object> data) {

    /** One that happens now. */
    public static CloudEvent of(
            @Nullable String id, String source, String type, Map<String, Object> data) {
        return new CloudEvent("1.0", id, source, type, null, data);
    }
}

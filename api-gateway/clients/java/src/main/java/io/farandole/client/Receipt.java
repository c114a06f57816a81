package io.farandole.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of each event of a request, in its order. */
public record Receipt(int accepted, int refused, List<EventResult> events) {

    /** What became of one event; place and reason are null unless it was refused. */
    public record EventResult(
            int index,
            @Nullable String id,
            @Nullable String source,
            String status,
            @Nullable Integer unknownFields,
            @Nullable String place,
            @Nullable String reason) {}
}

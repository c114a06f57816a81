package io.farandole.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of offers, no item twice.
 *
 * @param next to be sent as {@code after} for the next page; null on the last
 */
public record PlaylistAnswer(
        List<PlaylistOffer> offers, PlaylistParams params, @Nullable String next) {

    /** An offer that may be shown. */
    public record PlaylistOffer(
            String offer,
            String item,
            String title,
            List<String> categories,
            @Nullable String subcategory,
            @Nullable String searchGroup,
            int priceCents,
            boolean digital,
            @Nullable Instant startsAt,
            @Nullable Long metres) {}

    /** How the answer came about. */
    public record PlaylistParams(
            String origin,
            @Nullable String release,
            @Nullable String model,
            @Nullable Integer listVersion,
            @Nullable AppliedScenario scenario,
            String callId) {}

    /** What the scenario did to the answer; what it did not do is null. */
    public record AppliedScenario(
            String scenario,
            @Nullable List<String> rules,
            @Nullable List<String> boosted,
            @Nullable List<String> pinned,
            @Nullable List<String> explored) {}
}

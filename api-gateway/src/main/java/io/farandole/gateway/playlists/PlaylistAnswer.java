package io.farandole.gateway.playlists;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.calls.Skipped;
import io.farandole.gateway.explaining.Explanation;
import io.farandole.gateway.offers.OfferFacts;
import io.farandole.gateway.offers.Position;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of a playlist, as v1 gives it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A page of offers, no item twice, and where they come from.")
public record PlaylistAnswer(
        List<Shown> offers,
        Params params,
        @Schema(
                        description =
                                "To be sent as `after` for the next page; absent on the last, which is"
                                        + " one that has fewer than were asked for.")
                @Nullable String next,
        @Schema(description = "With explain=true.") @Nullable Explanation explanation) {

    /** An offer. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PlaylistOffer", description = "An offer that may be shown.")
    public record Shown(
            @Schema(example = "session-77") String offer,
            @Schema(example = "movie-1") String item,
            @Schema(example = "Toy Story (1995)") String title,
            List<String> categories,
            @Nullable String subcategory,
            @Nullable String searchGroup,
            @Schema(example = "800") int priceCents,
            boolean digital,
            @Nullable Instant startsAt,
            @Schema(description = "From where the request is, by the true way.")
                    @Nullable Long metres) {}

    /** How the answer came about. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PlaylistParams", description = "How the answer came about.")
    public record Params(
            @Schema(
                            description =
                                    "own-list: the user's own list, what is popular behind it;"
                                            + " cold-start: what the user named at the start, what is"
                                            + " popular behind it; similar: what is like the offers"
                                            + " that were named; popular: what everyone likes;"
                                            + " trending: what is liked more than before, what is"
                                            + " popular behind it; none: nothing may be shown.",
                            type = "string",
                            allowableValues = {
                                "own-list",
                                "cold-start",
                                "similar",
                                "popular",
                                "trending",
                                "none"
                            })
                    String origin,
            @Nullable String release,
            @Nullable String model,
            @Nullable Integer listVersion,
            @Nullable Applied scenario,
            @Schema(description = "What the answer had to do without; absent if all went well.")
                    @JsonInclude(JsonInclude.Include.NON_EMPTY)
                    List<Skipped> skipped,
            @Schema(format = "uuid") String callId) {}

    static PlaylistAnswer of(Playlist list, PlaylistParameters asked, Call call) {
        int size = asked.wish().size();
        Before shown = asked.before();
        boolean isLast = list.offers().size() < size || !shown.hasRoomFor(size);
        return new PlaylistAnswer(
                list.offers().stream()
                        .map(offer -> shown(offer, asked.wish().where().near()))
                        .toList(),
                new Params(
                        list.offers().isEmpty() ? "none" : text(list.origin()),
                        list.release(),
                        list.model(),
                        list.version(),
                        list.choice().applied(),
                        call.skips().all(),
                        call.id()),
                isLast
                        ? null
                        : shown.and(list.offers().stream().map(OfferFacts::item).toList()).cursor(),
                list.explanation());
    }

    /**
     * The same for two answers that show the same. Weak, for the call's id is another each time.
     */
    String tag() {
        return "W/\"%s.%s.%s.%08x\""
                .formatted(
                        params.origin(),
                        params.release(),
                        params.listVersion(),
                        List.of(offers, next == null ? "" : next).hashCode());
    }

    private static String text(Playlist.Origin origin) {
        return switch (origin) {
            case OWN_LIST -> "own-list";
            case COLD_START -> "cold-start";
            case SIMILAR -> "similar";
            case POPULAR -> "popular";
            case TRENDING -> "trending";
        };
    }

    private static Shown shown(OfferFacts offer, @Nullable Position near) {
        double metres = offer.metresFrom(near);
        return new Shown(
                offer.offer(),
                offer.item(),
                offer.title(),
                offer.categories(),
                offer.subcategory(),
                offer.searchGroup(),
                offer.priceCents(),
                offer.digital(),
                offer.startsAt(),
                Double.isNaN(metres) ? null : Math.round(metres));
    }
}

package io.farandole.gateway.offers;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of an offer; what nobody said is left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What is known of an offer; what nobody said is left out.")
record KnownOffer(
        @Schema(example = "session-77") String offer,
        @Schema(example = "movie-1") String item,
        @Schema(example = "Toy Story (1995)") String title,
        @Schema(description = "Neither withdrawn nor refused by moderation.") boolean active,
        List<String> categories,
        @Nullable String subcategory,
        @Nullable String searchGroup,
        @Schema(example = "800") int priceCents,
        @Nullable Integer minimumAge,
        boolean digital,
        boolean duo,
        @Schema(description = "Units left; absent when unlimited.") @Nullable Integer stock,
        @Nullable Instant bookableUntil,
        @Nullable Instant startsAt,
        @Nullable Instant listedAt,
        @Nullable Position position) {

    static KnownOffer of(OfferFacts facts) {
        return new KnownOffer(
                facts.offer(),
                facts.item(),
                facts.title(),
                facts.active(),
                facts.categories(),
                facts.subcategory(),
                facts.searchGroup(),
                facts.priceCents(),
                facts.minimumAge(),
                facts.digital(),
                facts.duo(),
                facts.stock(),
                facts.bookableUntil(),
                facts.startsAt(),
                facts.listedAt(),
                facts.position());
    }
}

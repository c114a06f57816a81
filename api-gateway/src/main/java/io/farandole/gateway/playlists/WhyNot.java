package io.farandole.gateway.playlists;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.farandole.events.UserId;
import io.farandole.gateway.offers.OfferFacts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What keeps an offer from a user's list, or its place in it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What keeps an offer from a user's list, or its place in it.")
public record WhyNot(
        @Schema(example = "42") String user,
        @Schema(example = "movie-1") String offer,
        @Schema(example = "movie-1") String item,
        @Schema(
                        description =
                                "Every rule that speaks against it; one-per-item where another offer"
                                        + " of its item is shown; not-among-the-first where there is"
                                        + " enough that is better.",
                        example = "[\"old-enough\"]")
                List<String> removedBy,
        @Schema(description = "Its place, from 1, before kinds are mixed.", example = "3")
                @Nullable Integer rank) {

    /**
     * @param rules those that speak against it
     * @param order what is shown, best first
     */
    static WhyNot of(UserId user, OfferFacts offer, List<String> rules, List<OfferFacts> order) {
        if (!rules.isEmpty()) {
            return new WhyNot(user.value(), offer.offer(), offer.item(), rules, null);
        }
        for (int i = 0; i < order.size(); i++) {
            OfferFacts shown = order.get(i);
            if (shown.item().equals(offer.item())) {
                boolean isIt = shown.offer().equals(offer.offer());
                return new WhyNot(
                        user.value(),
                        offer.offer(),
                        offer.item(),
                        isIt ? List.of() : List.of("one-per-item"),
                        isIt ? i + 1 : null);
            }
        }
        return new WhyNot(
                user.value(), offer.offer(), offer.item(), List.of("not-among-the-first"), null);
    }
}

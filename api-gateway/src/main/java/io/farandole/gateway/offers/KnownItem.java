package io.farandole.gateway.offers;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What is known of an item. */
@Schema(description = "What is known of an item, with all its offers.")
record KnownItem(
        @Schema(example = "movie-1") String item,
        @Schema(example = "Toy Story (1995)") String title,
        List<String> categories,
        @Schema(description = "Also those that cannot be had any more.") List<KnownOffer> offers) {}

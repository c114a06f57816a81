package io.farandole.gateway.items;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** One item of an answer. */
@Schema(description = "An item, with the offers of it that can be had now, the best to show first.")
public record Recommended(
        @Schema(example = "movie-1") String item,
        @Schema(example = "[\"movie-1\"]") List<String> offers,
        @Schema(example = "Toy Story (1995)") String title,
        @Schema(example = "[\"Adventure\", \"Animation\"]") List<String> categories,
        @Schema(
                        description = "Comparable within one answer only; higher is better.",
                        example = "0.731")
                double score,
        Why why) {

    /** The same, with these offers. */
    public Recommended with(List<String> shown) {
        return new Recommended(item, shown, title, categories, score, why);
    }
}

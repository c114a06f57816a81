package io.farandole.gateway.playlists;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a scenario did to an answer.
 *
 * @param rules the kinds of rules that it has
 * @param boosted items of the answer, by its order
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(name = "AppliedScenario", description = "What the scenario did to this answer.")
public record Applied(
        @Schema(example = "home") String scenario,
        @ArraySchema(
                        arraySchema = @Schema(description = "The kinds of rules that it has."),
                        schema =
                                @Schema(
                                        allowableValues = {
                                            "include", "exclude", "boost", "pin", "explore"
                                        }))
                List<String> rules,
        @Schema(description = "Items of the answer that were moved.") List<String> boosted,
        @Schema(description = "Items of the answer that were put in their places.")
                List<String> pinned,
        @Schema(description = "New items of the answer that were tried.") List<String> explored) {

    /** Where what is there by it comes from, by item. */
    public Map<String, String> sources() {
        Map<String, String> sources = new HashMap<>();
        pinned.forEach(item -> sources.put(item, "pinned"));
        explored.forEach(item -> sources.put(item, "tried"));
        return sources;
    }
}

package io.farandole.gateway.oldapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.farandole.gateway.playlists.Playlist;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of the old API's answers; members that have nothing to say are null, as they were.
 * Their schemas have names of their own: of two with one name the document shows one.
 */
final class Answers {

    /** There are no groups: who is in which is the caller's to say. */
    private static final String NO_GROUP = "default";

    private Answers() {}

    /** Of {@code /recommendation}. */
    @Schema(name = "OldRecommendation")
    record Recommendation(@JsonProperty("recommended_offers") List<String> offers, Params params) {}

    /** Of {@code /playlist_recommendation}. */
    @Schema(name = "OldPlaylistRecommendation")
    record PlaylistRecommendation(
            @JsonProperty("playlist_recommended_offers") List<String> offers, Params params) {}

    /** Of {@code /similar_offers}. */
    @Schema(name = "OldSimilarOffers")
    record SimilarOffers(List<String> results, SimilarParams params) {}

    /** How a list came about. */
    @Schema(name = "OldParams")
    record Params(
            @JsonProperty("reco_origin") String origin,
            @JsonProperty("model_name") @Schema(types = {"string", "null"})
                    @Nullable String modelName,
            @JsonProperty("model_version") @Schema(types = {"string", "null"})
                    @Nullable String modelVersion,
            @JsonProperty("ab_test") String group,
            @JsonProperty("geo_located") boolean isLocated,
            @JsonProperty("filtered") boolean isFiltered,
            @JsonProperty("call_id") String callId) {}

    /** How similar offers came about. */
    @Schema(name = "OldSimilarParams")
    record SimilarParams(
            @JsonProperty("model_name") @Schema(types = {"string", "null"})
                    @Nullable String modelName,
            @JsonProperty("model_version") @Schema(types = {"string", "null"})
                    @Nullable String modelVersion,
            @JsonProperty("ab_test") String group,
            @JsonProperty("geo_located") boolean isLocated,
            @JsonProperty("filtered") boolean isFiltered,
            @JsonProperty("call_id") String callId) {}

    static Params params(Playlist list, Parameters asked, String callId) {
        return new Params(
                list.origin() == Playlist.Origin.COLD_START ? "cold_start" : "algo",
                list.model(),
                list.release(),
                NO_GROUP,
                asked.isLocated(),
                asked.isFiltered(),
                callId);
    }

    static SimilarParams similarParams(Playlist list, Parameters asked, String callId) {
        return new SimilarParams(
                list.model(),
                list.release(),
                NO_GROUP,
                asked.isLocated(),
                asked.isFiltered(),
                callId);
    }
}

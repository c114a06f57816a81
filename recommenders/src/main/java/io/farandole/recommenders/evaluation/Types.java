package io.farandole.recommenders.evaluation;

import java.util.Map;

/**
 * What kind each item is of, such as its subcategory.
 *
 * @param ofItems a type for each item of which one is known
 */
public record Types(Map<String, String> ofItems) {

    /** Where nothing is known of items. */
    public static final Types NONE = new Types(Map.of());

    public Types {
        ofItems = Map.copyOf(ofItems);
    }

    boolean areKnown() {
        return !ofItems.isEmpty();
    }
}

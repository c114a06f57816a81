package io.farandole.recommenders.taste;

import java.util.List;

/**
 * An item that can be recommended.
 *
 * @param popularity how many positive acts it had, old ones counting less; never negative
 */
public record KnownItem(String id, List<String> categories, double popularity) {
    public KnownItem {
        if (!(popularity >= 0 && popularity < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "popularity of " + id + " is " + popularity + ", not a count");
        }
        categories = List.copyOf(categories);
    }
}

package io.farandole.processors.lists;

import io.farandole.recommenders.model.TrainedModel;
import org.jspecify.annotations.Nullable;

/**
 * Something that lists are made by and served from.
 *
 * @param model where its model is; absent in {@link #TASTE}
 * @param isLive whether it is served to everybody, or to everybody that none is tried on
 */
public record Release(
        String name, @Nullable String model, @Nullable TrainedModel trained, boolean isLive) {

    /** What is served before there is any model: what is popular within a user's taste. */
    public static final Release TASTE = new Release("taste", null, null, true);
}

package io.farandole.gateway.explaining;

import io.farandole.events.UserId;
import io.farandole.gateway.eligibility.Asking;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is to be explained.
 *
 * @param user null for nobody who is known
 * @param sources by shown item, in their order, where it came from
 * @param candidates items in the order in which they were looked at, shown or not
 * @param release that the answer was read from; null when from none
 * @param version of the user's own list in it; null when it is none
 */
public record Subject(
        @Nullable UserId user,
        Asking asking,
        Map<String, String> sources,
        List<String> candidates,
        @Nullable String release,
        @Nullable Long version) {}

package io.farandole.orchestrator.verifying;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a user did with an item, or was told about a user: no more of an event than is needed, for
 * there are many.
 *
 * @param item empty where it is about the user alone
 * @param booking empty where it is none
 * @param body absent where all that counts is in the other components
 */
record Act(
        String kind,
        String item,
        Telling told,
        double value,
        String booking,
        @Nullable JsonNode body,
        Set<String> putAsideBy) {

    private static final Set<String> WITH_ITEM =
            Set.of(
                    "viewed",
                    "favourited",
                    "unfavourited",
                    "rated",
                    "bookingMade",
                    "bookingCancelled",
                    "bookingUsed");
    private static final Set<String> BARE = Set.of("viewed", "favourited", "unfavourited", "rated");

    static Act of(JournaledEvent event) {
        return new Act(
                event.kind().intern(),
                event.text("item").intern(),
                event.told(),
                event.body().path("value").asDouble(0),
                event.text("booking"),
                BARE.contains(event.kind()) ? null : event.body(),
                event.putAsideBy());
    }

    static boolean isWithItem(String kind) {
        return WITH_ITEM.contains(kind);
    }

    boolean isWithItem() {
        return isWithItem(kind);
    }

    boolean is(String other) {
        return kind.equals(other);
    }

    boolean isAppliedBy(String processor) {
        return !putAsideBy.contains(processor);
    }
}

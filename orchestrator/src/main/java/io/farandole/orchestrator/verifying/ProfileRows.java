package io.farandole.orchestrator.verifying;

import io.farandole.orchestrator.verifying.RecomputingUsers.Life;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** What the profile's rows should say of a life that is in order. */
final class ProfileRows {

    private ProfileRows() {}

    static ObjectNode user(Life life) {
        Act born = null;
        Act answered = null;
        long cents = 0;
        ArrayNode movements = JsonNodeFactory.instance.arrayNode();
        for (Act act : life.acts()) {
            switch (act.kind()) {
                case "registered", "profileChanged" -> born = act;
                case "onboardingAnswered" -> answered = act;
                case "creditGranted", "creditSpent" -> {
                    int sign = act.is("creditGranted") ? 1 : -1;
                    int moved = sign * member(act, "cents").asInt();
                    cents += moved;
                    movements.add(
                            object().put("cents", moved)
                                    .set("told", act.told().says())
                                    .set("expires", member(act, "expires")));
                }
                default -> {}
            }
        }
        JsonNode categories = member(answered, "categories");
        return object().put("user", life.user())
                .put("creditCents", cents)
                .set("birthDate", member(born, "birthDate"))
                .set("registered", toldOf(born))
                .set("movements", movements)
                .set(
                        "onboarding",
                        categories.isArray() ? categories : JsonNodeFactory.instance.arrayNode())
                .set("answered", toldOf(answered))
                .set("erased", Telling.sayOf(life.erased()));
    }

    /**
     * @param acts of the user with the item, in order
     */
    static ObjectNode had(String user, String item, List<Act> acts) {
        Act rated = null;
        Act favoured = null;
        Act viewed = null;
        Map<String, List<Act>> bookings = new TreeMap<>();
        for (Act act : acts) {
            switch (act.kind()) {
                case "rated" -> rated = act;
                case "favourited", "unfavourited" -> favoured = act;
                case "viewed" -> viewed = act;
                default ->
                        bookings.computeIfAbsent(act.booking(), _ -> new ArrayList<>(2)).add(act);
            }
        }
        ArrayNode booked = JsonNodeFactory.instance.arrayNode();
        bookings.forEach((booking, its) -> booked.add(booking(booking, its)));
        Telling last = acts.getLast().told();
        ObjectNode says =
                object().put("user", user)
                        .put("item", item)
                        .put("favourite", favoured != null && favoured.is("favourited"))
                        .set("rated", toldOf(rated))
                        .set("favoured", toldOf(favoured))
                        .set("viewed", toldOf(viewed))
                        .set("bookings", booked)
                        .set(
                                "causedBy",
                                object().put("source", last.source()).put("id", last.id()));
        if (rated != null) {
            says.put("value", rated.value());
        }
        return says.put("at", last.time().toString());
    }

    private static ObjectNode booking(String booking, List<Act> told) {
        Act made = null;
        for (Act act : told) {
            made = act.is("bookingMade") ? act : made;
        }
        Act last = told.getLast();
        String state =
                switch (last.kind()) {
                    case "bookingMade" -> "MADE";
                    case "bookingCancelled" -> "CANCELLED";
                    default -> "USED";
                };
        return object().put("booking", booking)
                .put("state", state)
                .set("told", last.told().says())
                .set("quantity", member(made, "quantity"))
                .set("priceCents", member(made, "priceCents"))
                .set("made", toldOf(made));
    }

    private static @Nullable ArrayNode toldOf(@Nullable Act act) {
        return act == null ? null : act.told().says();
    }

    private static JsonNode member(@Nullable Act act, String field) {
        JsonNode body = act == null ? null : act.body();
        return body == null ? MissingNode.getInstance() : body.path(field);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}

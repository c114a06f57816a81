package io.farandole.orchestrator.verifying;

import io.farandole.orchestrator.verifying.RecomputingUsers.Life;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What personalisation's rows of histories should say of a life that is in order. */
final class HistoryRows {

    private HistoryRows() {}

    static ObjectNode history(Life life) {
        Act registered = null;
        Act answered = null;
        Map<String, Map<String, Act>> lastByThing = new TreeMap<>();
        for (Act act : life.acts()) {
            if (act.isWithItem()) {
                lastByThing.computeIfAbsent(act.item(), _ -> new TreeMap<>()).put(thing(act), act);
            } else if (act.is("registered")) {
                registered = act;
            } else if (act.is("onboardingAnswered")) {
                answered = act;
            }
        }
        JsonNode body = answered == null ? null : answered.body();
        JsonNode categories = body == null ? null : body.path("categories");
        ObjectNode says = object();
        if (life.erased() == null) {
            says.put("sequence", life.heard());
        }
        boolean remembered = !lastByThing.isEmpty() || registered != null || answered != null;
        return says.put("user", life.user())
                .put("forgotten", life.erased() != null && !remembered)
                .set("facts", facts(lastByThing))
                .set(
                        "onboarding",
                        categories != null && categories.isArray()
                                ? categories
                                : JsonNodeFactory.instance.arrayNode())
                .set("answered", toldOf(answered))
                .set("registered", toldOf(registered))
                .set("erased", Telling.sayOf(life.erased()));
    }

    /** Of who asked to be forgotten, nobody gives again what had been heard by then. */
    static JsonNode compared(JsonNode row) {
        if (!(row instanceof ObjectNode object) || !object.hasNonNull("erased")) {
            return row;
        }
        ObjectNode part = object.deepCopy();
        part.remove("sequence");
        return part;
    }

    private static ObjectNode facts(Map<String, Map<String, Act>> lastByThing) {
        TreeSet<String> sources = new TreeSet<>();
        lastByThing
                .values()
                .forEach(
                        things -> things.values().forEach(act -> sources.add(act.told().source())));
        List<String> places = new ArrayList<>(sources);
        ArrayNode lines = JsonNodeFactory.instance.arrayNode();
        lastByThing.forEach(
                (item, things) ->
                        things.forEach(
                                (thing, act) ->
                                        lines.add(
                                                line(
                                                        item,
                                                        thing,
                                                        act,
                                                        places.indexOf(act.told().source())))));
        ArrayNode named = JsonNodeFactory.instance.arrayNode();
        places.forEach(named::add);
        return object().set("sources", named).set("lines", lines);
    }

    private static ArrayNode line(String item, String thing, Act act, int source) {
        Instant at = act.told().time();
        return JsonNodeFactory.instance
                .arrayNode()
                .add(item)
                .add(thing)
                .add(value(act))
                .add(at.getEpochSecond())
                .add(at.getNano())
                .add(source)
                .add(act.told().id());
    }

    private static String thing(Act act) {
        return switch (act.kind()) {
            case "rated" -> "r";
            case "favourited", "unfavourited" -> "f";
            case "viewed" -> "v";
            default -> "b:" + act.booking();
        };
    }

    private static double value(Act act) {
        return switch (act.kind()) {
            case "rated" -> act.value();
            case "unfavourited", "bookingCancelled" -> 0;
            default -> 1;
        };
    }

    private static @Nullable ArrayNode toldOf(@Nullable Act act) {
        return act == null ? null : act.told().says();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}

package io.farandole.orchestrator.verifying;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the rows about a model's life should say: who was measured, and what was heard of it. */
final class RecomputingRuns {

    private final Map<String, List<JournaledEvent>> byRun = new HashMap<>();
    private final ExpectedRows expected;

    RecomputingRuns(ExpectedRows expected) {
        this.expected = expected;
        expected.compare("gate.runs");
        expected.compare("runs.runs", RecomputingRuns::moments);
    }

    void accept(JournaledEvent event) {
        byRun.computeIfAbsent(event.text("run"), _ -> new ArrayList<>()).add(event);
    }

    void finish() {
        byRun.forEach(
                (run, told) -> {
                    List<JournaledEvent> measured =
                            told.stream()
                                    .filter(one -> one.kind().equals("evaluated"))
                                    .filter(one -> one.isAppliedBy("gate"))
                                    .toList();
                    if (!measured.isEmpty()) {
                        expected.row("gate.runs", run, () -> candidates(run, measured));
                    }
                    List<JournaledEvent> noted =
                            told.stream().filter(one -> one.isAppliedBy("runs")).toList();
                    if (!noted.isEmpty()) {
                        expected.row("runs.runs", run, () -> moments(noted));
                    }
                });
    }

    private static ObjectNode candidates(String run, List<JournaledEvent> measured) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        // A step may be performed twice; it says the same, under the same id.
        measured.forEach(one -> all.set(one.text("candidate"), one.body()));
        return JsonNodeFactory.instance
                .objectNode()
                .put("run", run)
                .put("wanted", measured.getFirst().body().path("candidates").asInt())
                .set("measured", all);
    }

    private static ObjectNode moments(List<JournaledEvent> noted) {
        TreeSet<String> moments = new TreeSet<>();
        noted.forEach(one -> moments.add(one.kind() + " " + one.ownId()));
        return said(moments);
    }

    private static JsonNode moments(JsonNode row) {
        TreeSet<String> moments = new TreeSet<>();
        for (JsonNode moment : row.path("timeline")) {
            moments.add(moment.path("kind").asString("") + " " + moment.path("id").asString(""));
        }
        return said(moments);
    }

    private static ObjectNode said(Set<String> moments) {
        ArrayNode timeline = JsonNodeFactory.instance.arrayNode();
        moments.forEach(timeline::add);
        return JsonNodeFactory.instance.objectNode().set("timeline", timeline);
    }
}

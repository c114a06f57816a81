package io.farandole.local.inspecting;

import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import io.farandole.orchestrator.models.SwitchedRelease;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A model with where it comes from, what was measured of it, and who switched it and why.
 *
 * @param reasons of the gate
 * @param switches what was asked for of it, the first first
 * @param measured all that was measured, if it could be read
 */
public record ModelReport(
        ModelLine model,
        Lineage lineage,
        List<String> reasons,
        List<SwitchedRelease> switches,
        @Nullable JsonNode measured) {

    public void say(Console console) {
        console.say(
                model.name()
                        + " "
                        + ModelLedger.state(model)
                        + " since "
                        + RunLedger.time(model.since())
                        + (model.kept() ? "" : ", its model is deleted"));
        console.say("spec       " + model.spec());
        lineage.lines().forEach(console::say);
        reasons.forEach(reason -> console.say("gate       " + reason));
        if (!switches.isEmpty()) {
            Table table = new Table("at", "release", "outcome", "other", "asked by", "why");
            switches.forEach(
                    one ->
                            table.row(
                                    RunLedger.time(one.at()),
                                    one.release(),
                                    one.outcome(),
                                    one.other() == null ? RunLedger.NOTHING : one.other(),
                                    one.by(),
                                    String.join(" ", one.reasons())));
            console.say("");
            console.say(table);
        }
    }
}

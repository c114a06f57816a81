package io.farandole.local.command;

import io.farandole.local.demo.Check;
import io.farandole.local.demo.DemoReport;
import io.farandole.local.inspecting.ReadModelRows;
import io.farandole.local.running.AllInOne.Step;
import io.farandole.local.running.Ports;
import io.farandole.orchestrator.ledger.Account;
import io.farandole.orchestrator.runs.RunDetails;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A demonstration's report for scripts. */
record DemoDocument(
        boolean happened,
        @Nullable Double firstListAfterSeconds,
        List<Account> accounts,
        ReadModelRows readModels,
        JsonNode list,
        List<Check> checks,
        RunDetails model,
        Map<String, Double> startSeconds,
        Map<String, Double> phaseSeconds,
        Ports ports) {

    DemoDocument(DemoReport report, List<Step> steps, Ports ports) {
        this(
                report.happened(),
                report.firstList().map(DemoDocument::seconds).orElse(null),
                report.books().accounts(),
                report.readModels(),
                report.list(),
                report.checks(),
                report.model(),
                steps.stream().collect(Collectors.toMap(Step::name, step -> seconds(step.took()))),
                report.phases().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, phase -> seconds(phase.getValue()))),
                ports);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}

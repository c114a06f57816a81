package io.farandole.local.demo;

import io.farandole.local.inspecting.Books;
import io.farandole.local.inspecting.ReadModelRows;
import io.farandole.orchestrator.runs.RunDetails;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a demonstration found.
 *
 * @param model the run of the model that is served
 * @param firstList when the API first served a user their own list, from the start
 * @param phases where the time went
 */
public record DemoReport(
        Books books,
        ReadModelRows readModels,
        String user,
        JsonNode list,
        List<Check> checks,
        RunDetails model,
        Optional<Duration> firstList,
        Map<String, Duration> phases) {

    /** Whether every step really happened. */
    public boolean happened() {
        return checks.stream().allMatch(Check::holds);
    }
}

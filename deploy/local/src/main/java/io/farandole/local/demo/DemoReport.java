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
 * @param key with which the API can be asked, made for this demonstration
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
        String key,
        Optional<Duration> firstList,
        Map<String, Duration> phases) {

    /** Whether every step really happened. */
    public boolean happened() {
        return checks.stream().allMatch(Check::holds);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "DemoReport[" + checks + "]";
    }
}

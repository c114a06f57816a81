package io.farandole.local.inspecting;

import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import io.farandole.orchestrator.runs.RunDetails;
import io.farandole.orchestrator.runs.RunDetails.Candidate;
import io.farandole.processors.objects.DirectoryObjects;
import io.farandole.processors.objects.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that was measured of a run's candidates. Events carry what the gate judges by; the rest is in
 * the object that they name.
 */
public record RunMeasurements(List<OfCandidate> candidates) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * One candidate's.
     *
     * @param metrics the object's name
     * @param measured the object, if it could be read
     * @param missing why it could not
     */
    public record OfCandidate(
            int candidate, String metrics, @Nullable JsonNode measured, @Nullable String missing) {}

    /** Reads the object of each candidate that was evaluated. */
    public static RunMeasurements of(RunDetails run, Path objects) {
        ObjectStore store = new DirectoryObjects(objects);
        List<OfCandidate> read = new ArrayList<>();
        for (Candidate candidate : run.candidates()) {
            if (candidate.evaluated() != null) {
                read.add(read(candidate.number(), candidate.evaluated().metrics(), store));
            }
        }
        return new RunMeasurements(List.copyOf(read));
    }

    private static OfCandidate read(int candidate, String metrics, ObjectStore store) {
        try {
            Path file = store.fetch(metrics).resolve("metrics.json");
            return new OfCandidate(candidate, metrics, JSON.readTree(Files.readString(file)), null);
        } catch (IOException | IllegalArgumentException | JacksonException e) {
            return new OfCandidate(candidate, metrics, null, e.getMessage());
        }
    }

    /** A line a metric; of what cannot be read a line that says so. */
    public void say(Console console) {
        Table table = new Table("candidate", "measured", "model", "popularity", "incumbent");
        boolean found = false;
        for (OfCandidate one : candidates) {
            JsonNode measured = one.measured();
            if (measured != null) {
                rows(one.candidate(), measured, table);
                found = true;
            }
        }
        if (found) {
            console.say("");
            console.say(table);
        }
        for (OfCandidate one : candidates) {
            if (one.measured() == null) {
                console.say(
                        "What else was measured of candidate "
                                + one.candidate()
                                + " cannot be read from "
                                + one.metrics()
                                + ": "
                                + one.missing());
            }
        }
    }

    private static void rows(int candidate, JsonNode measured, Table table) {
        for (JsonNode metric : measured.path("model").path("metrics")) {
            String name = metric.path("metric").asString("");
            int k = metric.path("k").asInt(0);
            table.row(
                    candidate,
                    name + "@" + k,
                    mean(measured.path("model"), name, k),
                    mean(measured.path("popularity"), name, k),
                    mean(measured.path("incumbent"), name, k));
        }
        for (JsonNode coverage : measured.path("model").path("coverage")) {
            int k = coverage.path("k").asInt(0);
            table.row(
                    candidate,
                    "coverage@" + k,
                    coverage(measured.path("model"), k),
                    coverage(measured.path("popularity"), k),
                    coverage(measured.path("incumbent"), k));
        }
    }

    private static String mean(JsonNode report, String name, int k) {
        return report.path("metrics")
                .valueStream()
                .filter(one -> one.path("metric").asString("").equals(name))
                .filter(one -> one.path("k").asInt(0) == k)
                .map(one -> number(one.path("interval").path("mean")))
                .findFirst()
                .orElse(RunLedger.NOTHING);
    }

    private static String coverage(JsonNode report, int k) {
        return report.path("coverage")
                .valueStream()
                .filter(one -> one.path("k").asInt(0) == k)
                .map(one -> number(one.path("part")))
                .findFirst()
                .orElse(RunLedger.NOTHING);
    }

    private static String number(JsonNode value) {
        return value.isNumber()
                ? String.format(Locale.ROOT, "%.4f", value.asDouble())
                : RunLedger.NOTHING;
    }
}

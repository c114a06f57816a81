package io.farandole.local.inspecting;

import io.farandole.events.RunId;
import io.farandole.events.TrainingEvent.Evaluated;
import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import io.farandole.orchestrator.models.ReadingModels;
import io.farandole.orchestrator.models.ReleasedModel;
import io.farandole.orchestrator.runs.ReadingRuns;
import io.farandole.orchestrator.runs.RunDetails;
import io.farandole.orchestrator.runs.RunDetails.Candidate;
import io.farandole.orchestrator.runs.RunState;
import io.farandole.orchestrator.runs.RunSummary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The models of a running installation: releases, and candidates that were not released. */
public final class ModelLedger {

    private final ReadingModels models;
    private final ReadingRuns runs;
    private final Path objects;

    /**
     * @param objects the directory in which what was measured is kept
     */
    public ModelLedger(Tables tables, Path objects) {
        this.models = new ReadingModels(tables.client());
        this.runs = RunLedger.in(tables);
        this.objects = objects;
    }

    /** Releases, the newest first; then candidates, those of the newest run first. */
    public List<ModelLine> all() {
        Map<String, RunDetails> details = new HashMap<>();
        List<RunSummary> summaries = runs.list();
        summaries.forEach(
                run ->
                        runs.one(run.run())
                                .ifPresent(found -> details.put(run.run().value(), found)));
        List<ModelLine> lines = new ArrayList<>();
        Set<String> released = new HashSet<>();
        for (ReleasedModel one : models.releases()) {
            lines.add(line(one, details.get(one.run())));
            released.add(one.run() + " " + one.model());
        }
        for (RunSummary summary : summaries) {
            RunDetails run = details.get(summary.run().value());
            if (run != null) {
                for (Candidate candidate : run.candidates()) {
                    String model = modelOf(candidate);
                    if (model != null && !released.contains(summary.run() + " " + model)) {
                        lines.add(line(run, candidate, model));
                    }
                }
            }
        }
        return lines;
    }

    /**
     * @param name a release, such as {@code r2}, or a model, such as {@code models/4e1f}: of
     *     several releases of one model the newest
     * @throws Failure if there is none of this name
     */
    public ModelReport one(String name) {
        ModelLine line =
                all().stream()
                        .filter(one -> name.equals(one.release()) || name.equals(one.model()))
                        .findFirst()
                        .orElseThrow(() -> unknown(name));
        Optional<RunDetails> run = runs.one(new RunId(line.run()));
        int lists =
                line.release() == null
                        ? 0
                        : models.release(line.release()).map(ReleasedModel::users).orElse(0);
        return new ModelReport(
                line,
                Lineage.of(line, lists, run.map(RunDetails::dataset).orElse(null)),
                run.map(found -> found.summary().reasons()).orElse(List.of()),
                line.release() == null ? List.of() : models.switchesOf(line.release()),
                run.map(found -> measured(found, line.model())).orElse(null));
    }

    /** The release that is to be promoted or rolled back. */
    public ReleasedModel release(String name) {
        return models.release(name)
                .orElseThrow(
                        () ->
                                all().stream().anyMatch(one -> one.model().equals(name))
                                        ? new Failure(
                                                ExitCode.FAILED,
                                                name
                                                        + " is a model; name its release, such as r2. A"
                                                        + " candidate that was not released cannot be"
                                                        + " served. See: farandole models")
                                        : unknown(name));
    }

    /** The one that is tried, else the one that everybody is served. */
    public ReleasedModel served() {
        List<ReleasedModel> all = models.releases();
        return in("CANARY", all)
                .or(() -> in("LIVE", all))
                .orElseThrow(
                        () ->
                                new Failure(
                                        ExitCode.FAILED,
                                        "No release is served yet. Ask for a model with: farandole"
                                                + " request-training"));
    }

    /** The release that a user is served. */
    public String servedTo(String user) {
        return models.servedTo(user)
                .orElseThrow(
                        () ->
                                new Failure(
                                        ExitCode.FAILED,
                                        "No release is served yet: lists are by taste."));
    }

    /** A line a model. */
    public static void say(List<ModelLine> lines, Console console) {
        Table table =
                new Table(
                        "release", "state", "model", "NDCG@10", "data set", "since", "run", "kept");
        for (ModelLine line : lines) {
            table.row(
                    line.release() == null ? RunLedger.NOTHING : line.release(),
                    state(line),
                    line.spec(),
                    line.ndcg10() == null
                            ? RunLedger.NOTHING
                            : String.format(Locale.ROOT, "%.4f", line.ndcg10()),
                    line.dataset() == null ? RunLedger.NOTHING : shortened(line.dataset()),
                    RunLedger.time(line.since()),
                    line.run(),
                    line.kept() ? "yes" : "no");
        }
        console.say(table);
    }

    static String state(ModelLine line) {
        return line.share() == 0 ? line.state() : line.state() + " " + line.share() + " %";
    }

    private @Nullable JsonNode measured(RunDetails run, String model) {
        Set<Integer> numbers = new HashSet<>();
        run.candidates().stream()
                .filter(candidate -> model.equals(modelOf(candidate)))
                .forEach(candidate -> numbers.add(candidate.number()));
        return RunMeasurements.of(run, objects).candidates().stream()
                .filter(one -> numbers.contains(one.candidate()))
                .map(RunMeasurements.OfCandidate::measured)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static ModelLine line(ReleasedModel one, @Nullable RunDetails run) {
        Double ndcg10 =
                run == null
                        ? null
                        : run.candidates().stream()
                                .filter(candidate -> one.model().equals(modelOf(candidate)))
                                .map(Candidate::evaluated)
                                .filter(Objects::nonNull)
                                .map(Evaluated::ndcg10)
                                .findFirst()
                                .orElse(null);
        return new ModelLine(
                one.release(),
                one.model(),
                one.spec(),
                one.state(),
                one.share(),
                ndcg10,
                one.run(),
                one.dataset(),
                one.since(),
                one.kept());
    }

    private static ModelLine line(RunDetails run, Candidate candidate, String model) {
        Evaluated evaluated = candidate.evaluated();
        Instant since = run.summary().lastNews();
        return new ModelLine(
                null,
                model,
                candidate.spec(),
                state(run, evaluated),
                0,
                evaluated == null ? null : evaluated.ndcg10(),
                run.summary().run().value(),
                run.dataset() == null ? null : run.dataset().fingerprint(),
                since,
                true);
    }

    private static String state(RunDetails run, @Nullable Evaluated evaluated) {
        RunState state = run.summary().state();
        return switch (state) {
            case REJECTED, FAILED -> state.name();
            case DONE -> "PASSED_OVER";
            case RUNNING, STALLED -> evaluated == null ? "TRAINED" : "EVALUATED";
        };
    }

    private static @Nullable String modelOf(Candidate candidate) {
        if (candidate.trained() != null) {
            return candidate.trained().model();
        }
        return candidate.evaluated() == null ? null : candidate.evaluated().model();
    }

    private static Optional<ReleasedModel> in(String state, List<ReleasedModel> all) {
        return all.stream().filter(one -> one.state().equals(state)).findFirst();
    }

    private static String shortened(String fingerprint) {
        return fingerprint.length() <= 12 ? fingerprint : fingerprint.substring(0, 12);
    }

    private static Failure unknown(String name) {
        return new Failure(
                ExitCode.FAILED,
                "There is no release and no model " + name + ". See: farandole models");
    }
}

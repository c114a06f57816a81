package io.farandole.local.inspecting;

import io.farandole.events.TrainingEvent.DatasetReady;
import io.farandole.events.TrainingEvent.Evaluated;
import io.farandole.events.TrainingEvent.ModelTrained;
import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import io.farandole.local.console.Took;
import io.farandole.orchestrator.runs.Happening;
import io.farandole.orchestrator.runs.RunDetails;
import io.farandole.orchestrator.runs.RunDetails.Candidate;
import io.farandole.orchestrator.runs.RunSummary;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run for people: how it is and why, its parameters, metrics and artefacts, and its timeline.
 */
public record RunReport(RunDetails details) {

    private static final String NOTHING = RunLedger.NOTHING;

    /** All of it, as lines and tables. */
    public void say(Console console) {
        RunSummary summary = details.summary();
        console.say(
                summary.run()
                        + " "
                        + summary.state()
                        + ", began "
                        + RunLedger.time(summary.started())
                        + (summary.awaited().isEmpty() ? ", took " : ", runs for ")
                        + Took.text(summary.seconds()));
        if (summary.by() != null) {
            console.say(
                    "Asked by   "
                            + summary.by()
                            + (summary.why() == null ? "" : ": " + summary.why()));
        }
        if (!summary.awaited().isEmpty()) {
            console.say("Awaits     " + RunLedger.awaits(summary, Instant.now()));
        }
        if (summary.model() != null) {
            console.say("Model      " + summary.model());
        }
        summary.reasons().forEach(reason -> console.say("Reason     " + reason));
        if (details.dataset() != null) {
            say(details.dataset(), console);
        }
        if (details.release() != null) {
            console.say(
                    "Release    "
                            + details.release().release()
                            + " of "
                            + details.release().model());
        }
        if (!details.candidates().isEmpty()) {
            console.say("");
            console.say(candidates());
            console.say("");
            console.say(artefacts());
        }
        console.say("");
        console.say(timeline());
    }

    private static void say(DatasetReady dataset, Console console) {
        console.say(
                String.format(
                        Locale.ROOT,
                        "Data set   %s: %,d users, %,d items, %,d interactions, %,d test users",
                        dataset.dataset(),
                        dataset.users(),
                        dataset.items(),
                        dataset.interactions(),
                        dataset.testUsers()));
    }

    private Table candidates() {
        Table table =
                new Table(
                        "candidate",
                        "spec",
                        "trained in",
                        "NDCG@10",
                        "popularity",
                        "better by (95 %)",
                        "incumbent",
                        "better by (95 %)",
                        "coverage@10",
                        "test users");
        for (Candidate candidate : details.candidates()) {
            Evaluated measured = candidate.evaluated();
            table.row(
                    candidate.number(),
                    candidate.spec(),
                    text(candidate.trained(), trained -> Took.text(trained.seconds())),
                    text(measured, model -> number(model.ndcg10())),
                    text(measured, model -> number(model.popularityNdcg10())),
                    text(
                            measured,
                            model ->
                                    interval(
                                            model.abovePopularityLow(),
                                            model.abovePopularityHigh())),
                    text(measured, model -> number(model.incumbentNdcg10())),
                    text(
                            measured,
                            model ->
                                    interval(
                                            model.aboveIncumbentLow(), model.aboveIncumbentHigh())),
                    text(measured, model -> number(model.coverage10())),
                    text(measured, model -> Integer.toString(model.testUsers())));
        }
        return table;
    }

    private Table artefacts() {
        Table table = new Table("candidate", "model", "metrics", "compared with");
        for (Candidate candidate : details.candidates()) {
            table.row(
                    candidate.number(),
                    model(candidate),
                    text(candidate.evaluated(), Evaluated::metrics),
                    text(
                            candidate.evaluated(),
                            measured -> Optional.ofNullable(measured.incumbent()).orElse(NOTHING)));
        }
        return table;
    }

    private Table timeline() {
        Table table = new Table("recorded", "after its cause", "said by", "event", "");
        for (Happening happening : details.timeline()) {
            table.row(
                    RunLedger.time(happening.at()),
                    text(
                            happening.seconds(),
                            seconds -> Took.text(seconds) + " " + happening.causeKind()),
                    happening.step(),
                    happening.kind(),
                    happening.summary());
        }
        return table;
    }

    private static String model(Candidate candidate) {
        return candidate.trained() == null
                ? text(candidate.evaluated(), Evaluated::model)
                : text(candidate.trained(), ModelTrained::model);
    }

    private static <T> String text(@Nullable T value, Function<T, String> shown) {
        return value == null ? NOTHING : shown.apply(value);
    }

    private static String number(@Nullable Double value) {
        return value == null ? NOTHING : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String interval(@Nullable Double low, @Nullable Double high) {
        return low == null || high == null ? NOTHING : number(low) + " to " + number(high);
    }
}

package io.farandole.benchmarks.streams;

import io.farandole.benchmarks.counting.Result;
import io.farandole.benchmarks.counting.Result.Figure;
import io.farandole.benchmarks.counting.Trial;
import io.farandole.benchmarks.counting.Trial.Kind;
import io.farandole.benchmarks.pubsub.Limits;
import io.farandole.benchmarks.report.Extent;
import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.report.Row;
import io.farandole.benchmarks.report.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The table's rows, one after the other, each with what it has to reach. */
public final class Comparison {

    private static final String USUAL = "defaults";
    private static final String BEST = "best setting";
    private static final double MICROS = 1e6;
    private static final double RECOVERY_SECONDS = 5;
    private static final double REBUILT_PER_SECOND = 25_000;

    private final Sizes sizes;
    private final Findings findings;
    private final Path directory;
    private final Optional<Path> kafka;
    private final Set<Part> parts;
    private final Optional<Path> profile;
    private final Map<Known, Result> known = new HashMap<>();

    /**
     * @param directory for journals, logs and state
     * @param kafka where Kafka Streams' side is built
     * @param profile where to record what ours did; then nothing but draining and rebuilding is
     *     measured
     */
    public Comparison(
            Extent extent,
            Findings findings,
            Path directory,
            Optional<Path> kafka,
            Set<Part> parts,
            Optional<Path> profile) {
        this.parts = Set.copyOf(parts);
        this.sizes = Sizes.of(extent);
        this.findings = findings;
        this.directory = directory;
        this.kafka = kafka;
        this.profile = profile;
    }

    public void measure() throws IOException {
        findings.limit(
                Row.of(
                        "append 4 KB and force it to disk",
                        "/s",
                        List.of(Limits.forcesPerSecond(directory, sizes.forces()))));
        try (Contender ours =
                Contender.ours(directory.resolve("ours"), sizes.ackDeadlineSeconds(), profile)) {
            if (kafka.isEmpty()) {
                measure(List.of(ours));
            } else {
                try (Contender theirs = Contender.kafka(kafka.get(), directory.resolve("kafka"))) {
                    findings.beside(theirs.name());
                    measure(List.of(ours, theirs));
                }
            }
        }
    }

    private void measure(List<Contender> contenders) throws IOException {
        if (profile.isPresent()) {
            findings.say("Getting warm");
            all(contenders, drain(sizes.trials(), false), Contender::usual);
            drains(contenders, USUAL, Contender::usual);
            rebuilds(contenders, USUAL, Contender::usual);
            return;
        }
        findings.say("Getting warm, and looking for the best settings");
        for (Contender one : contenders) {
            choose(one);
        }
        List<Result> best = List.of();
        if (parts.contains(Part.DRAINED)) {
            drains(contenders, USUAL, Contender::usual);
            best = drains(contenders, BEST, Contender::forThroughput);
        }
        if (parts.contains(Part.LATENCY)) {
            latencies(contenders, USUAL, Contender::usual);
            latencies(contenders, BEST, Contender::forLatency);
        }
        if (parts.contains(Part.RECOVERY)) {
            recovery(contenders, USUAL, Contender::usual);
            recovery(contenders, BEST, Contender::forRecovery);
        }
        if (parts.contains(Part.COST)) {
            costs(
                    contenders,
                    best.isEmpty()
                            ? all(
                                    contenders,
                                    drain(sizes.backlog(), false),
                                    Contender::forThroughput)
                            : best);
        }
        if (parts.contains(Part.REBUILT)) {
            rebuilds(contenders, USUAL, Contender::usual);
            rebuilds(contenders, BEST, Contender::forThroughput);
        }
    }

    private void choose(Contender one) throws IOException {
        // The first is only to get warm.
        measured(one, drain(sizes.trials(), true), one.usual());
        one.chooseForThroughput(
                sizes.candidates(),
                setting ->
                        measured(one, drain(sizes.trials(), false), setting)
                                .figure(Figure.PER_SECOND));
        one.chooseForLatency(
                sizes.candidates(),
                setting ->
                        -measured(one, latency(sizes.latencyTrials()), setting)
                                .figure(Figure.P50_MILLIS));
        findings.note(
                one.name()
                        + ": defaults are "
                        + one.usual()
                        + "; the best setting was "
                        + one.forThroughput()
                        + " for events/s, "
                        + one.forLatency()
                        + " for latency, and for recovery it is "
                        + one.forRecovery()
                        + ".");
    }

    /** What was drained without outputs. */
    private List<Result> drains(
            List<Contender> contenders, String how, Function<Contender, String> setting)
            throws IOException {
        List<Result> without = all(contenders, drain(sizes.backlog(), false), setting);
        drained(how + ", no output", without, 12_000);
        drained(
                how + ", one output per input",
                all(contenders, drain(sizes.backlog(), true), setting),
                8_000);
        return without;
    }

    private void drained(String how, List<Result> results, double target) {
        row(
                "drained, " + how,
                "/s",
                results,
                result -> result.figure(Figure.PER_SECOND),
                Target.atLeast(target));
        row(
                "  processor time of its JVM, per event",
                "µs",
                results,
                result -> result.figure(Figure.MICROS_HERE),
                null);
        findings.row(
                Row.of(
                        "  processor time of Postgres, per event",
                        "µs",
                        List.of(results.getFirst().figure(Figure.MICROS_ELSEWHERE))));
    }

    private void latencies(
            List<Contender> contenders, String how, Function<Contender, String> setting)
            throws IOException {
        List<Result> results = all(contenders, latency(sizes.latencies()), setting);
        row(
                "publish to visible at 1,000/s, " + how + ", p50",
                "ms",
                results,
                result -> result.figure(Figure.P50_MILLIS),
                Target.atMost(20).andOfOther(1));
        row(
                "publish to visible at 1,000/s, " + how + ", p99",
                "ms",
                results,
                result -> result.figure(Figure.P99_MILLIS),
                Target.atMost(100).andOfOther(1));
    }

    private void recovery(
            List<Contender> contenders, String how, Function<Contender, String> setting)
            throws IOException {
        row(
                "kill -9 to first applied event, " + how,
                "s",
                all(
                        contenders,
                        new Task(Kind.RECOVERY, sizes.recovery(), sizes.keys().getFirst(), false),
                        setting),
                result -> result.figure(Figure.STARTED_SECONDS),
                Target.atMost(RECOVERY_SECONDS + sizes.ackDeadlineSeconds()).andOfOther(1));
    }

    private void rebuilds(
            List<Contender> contenders, String how, Function<Contender, String> setting)
            throws IOException {
        List<Result> results =
                all(
                        contenders,
                        new Task(Kind.REBUILD, sizes.backlog(), sizes.keys().getFirst(), false),
                        setting);
        row(
                "rebuilt beside 1,000/s, " + how,
                "/s",
                results,
                result -> result.figure(Figure.PER_SECOND),
                Target.atLeast(REBUILT_PER_SECOND));
        row(
                "  the same, to when it was level with the one that serves",
                "/s",
                results,
                result -> result.figure(Figure.PER_SECOND_TO_LEVEL),
                null);
        row(
                "  publish to visible of the one that serves meanwhile, p99",
                "ms",
                results,
                result -> result.figure(Figure.P99_MILLIS),
                null);
    }

    private void costs(List<Contender> contenders, List<Result> ofFewest) throws IOException {
        List<Result> results = ofFewest;
        cost(sizes.keys().getFirst(), results);
        for (int keys : sizes.keys().subList(1, sizes.keys().size())) {
            results =
                    all(
                            contenders,
                            new Task(Kind.DRAIN, sizes.backlog(), keys, false),
                            Contender::forThroughput);
            cost(keys, results);
        }
        List<Double> growth = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            growth.add(micros(results.get(i)) / micros(ofFewest.get(i)));
        }
        findings.row(
                Row.of(
                        "  the last, of the first",
                        "times",
                        growth.subList(0, 1),
                        growth.subList(1, growth.size()),
                        Target.atMost(2)));
    }

    private void cost(int keys, List<Result> results) {
        row(
                String.format(
                        Locale.ROOT,
                        "cost per event, %,d Zipf keys (%,.0f rows)",
                        keys,
                        results.getFirst().figure(Figure.ROWS)),
                "µs",
                results,
                Comparison::micros,
                null);
    }

    private static double micros(Result result) {
        return MICROS / result.figure(Figure.PER_SECOND);
    }

    private void row(
            String what,
            String unit,
            List<Result> results,
            ToDoubleFunction<Result> figure,
            @Nullable Target target) {
        List<Double> figures = results.stream().map(figure::applyAsDouble).toList();
        findings.row(
                Row.of(
                        what,
                        unit,
                        figures.subList(0, 1),
                        figures.subList(1, figures.size()),
                        target));
    }

    /** Where the best setting is the usual one it is not measured again. */
    private record Known(Contender contender, Trial trial) {}

    /** A trial but for the setting, in which contenders differ. */
    private record Task(Kind kind, int events, int keys, boolean output) {
        Trial with(String setting) {
            return new Trial(kind, events, keys, output, setting);
        }
    }

    private Task drain(int events, boolean output) {
        return new Task(Kind.DRAIN, events, sizes.keys().getFirst(), output);
    }

    private Task latency(int events) {
        return new Task(Kind.LATENCY, events, sizes.keys().getFirst(), false);
    }

    private List<Result> all(
            List<Contender> contenders, Task task, Function<Contender, String> setting)
            throws IOException {
        List<Result> results = new ArrayList<>();
        for (Contender one : contenders) {
            Trial trial = task.with(setting.apply(one));
            Result result = known.get(new Known(one, trial));
            if (result == null) {
                result = measured(one, task, setting.apply(one));
                known.put(new Known(one, trial), result);
            }
            results.add(result);
        }
        return results;
    }

    private Result measured(Contender one, Task task, String setting) throws IOException {
        Result result = one.measure(task.with(setting));
        result.flaws().forEach(flaw -> findings.flaw(one.name() + ", " + task + ": " + flaw));
        findings.say(
                String.format(
                        Locale.ROOT,
                        "  %s, %s, %,d events, %,d keys%s, %s: %s",
                        one.name(),
                        task.kind().name().toLowerCase(Locale.ROOT),
                        task.events(),
                        task.keys(),
                        task.output() ? ", outputs" : "",
                        setting,
                        result.words()));
        return result;
    }
}

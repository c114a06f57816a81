package io.farandole.local.inspecting;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.asking.Answer;
import io.farandole.local.asking.Api;
import io.farandole.local.console.Table;
import io.farandole.local.console.Took;
import io.farandole.local.running.Lag;
import io.farandole.local.running.Lag.ToCommit;
import io.farandole.local.running.RunningInstance;
import io.farandole.streams.batch.Generation;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How far every reader is behind, as the running installation tells it. */
public record Lags(List<Lag> all) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int OK = 200;

    /**
     * @throws Failure if it does not answer
     */
    public static Lags of(RunningInstance running) {
        try (Api api = new Api(running.ports())) {
            Answer answer = api.get(api.lag());
            if (answer.status() != OK) {
                throw new Failure(
                        ExitCode.FAILED,
                        api.lag()
                                + " answers "
                                + answer.status()
                                + ": what runs is of another version. Start it again: farandole"
                                + " down, farandole up");
            }
            return new Lags(JSON.convertValue(answer.body(), new TypeReference<List<Lag>>() {}));
        } catch (JacksonException e) {
            throw new Failure(
                    ExitCode.FAILED,
                    "The lags are not told as expected (" + e.getOriginalMessage() + ").",
                    e);
        }
    }

    /** Those of one generation of a processor. */
    Lags of(String processor, int generation) {
        return new Lags(
                all.stream()
                        .filter(lag -> lag.processor().equals(processor))
                        .filter(lag -> lag.generation() == generation)
                        .toList());
    }

    /** Messages that are not acknowledged. */
    long unacknowledged() {
        return all.stream().mapToLong(Lag::unacknowledged).sum();
    }

    public Table table() {
        Table table =
                new Table(
                        "processor",
                        "topic",
                        "not acknowledged",
                        "oldest",
                        "to commit p50",
                        "p99",
                        "mean",
                        "events");
        for (Lag lag : all) {
            ToCommit took = lag.toCommit();
            table.row(
                    Generation.label(lag.processor(), lag.generation()),
                    lag.topic(),
                    lag.unacknowledged(),
                    text(lag.oldestSeconds(), Took::text),
                    text(took == null ? null : took.p50(), Lags::precise),
                    text(took == null ? null : took.p99(), Lags::precise),
                    text(took == null || took.events() == 0 ? null : took.mean(), Lags::precise),
                    took == null ? 0 : took.events());
        }
        return table;
    }

    private static String precise(double seconds) {
        return seconds < 1 ? Math.round(seconds * 1_000) + " ms" : Took.text(seconds);
    }

    private static String text(@Nullable Double value, Function<Double, String> shown) {
        return value == null ? RunLedger.NOTHING : shown.apply(value);
    }
}

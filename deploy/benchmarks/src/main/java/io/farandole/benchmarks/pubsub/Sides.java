package io.farandole.benchmarks.pubsub;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Ours, and the other one if there is one, measured in turn. */
record Sides(Side ours, Optional<Side> other) implements AutoCloseable {

    /** Measures something on one side. */
    interface Trial<T> {
        T on(Side side) throws IOException, InterruptedException;
    }

    /** What the rounds gave. */
    record Rounds<T>(List<T> ours, List<T> other) {

        List<Double> ours(ToDoubleFunction<T> figure) {
            return ours.stream().map(figure::applyAsDouble).toList();
        }

        List<Double> other(ToDoubleFunction<T> figure) {
            return other.stream().map(figure::applyAsDouble).toList();
        }
    }

    /** Who is first takes turns: what else the machine does is to hit both alike. */
    <T> Rounds<T> rounds(int count, Trial<T> trial) throws IOException, InterruptedException {
        List<T> mine = new ArrayList<>();
        List<T> theirs = new ArrayList<>();
        for (int round = 0; round < count; round++) {
            if (round % 2 == 0) {
                mine.add(trial.on(ours));
            }
            if (other.isPresent()) {
                theirs.add(trial.on(other.get()));
            }
            if (round % 2 == 1) {
                mine.add(trial.on(ours));
            }
        }
        return new Rounds<>(mine, theirs);
    }

    @Override
    public void close() {
        try {
            ours.close();
        } finally {
            other.ifPresent(Side::close);
        }
    }
}

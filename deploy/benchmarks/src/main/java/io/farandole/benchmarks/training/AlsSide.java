package io.farandole.benchmarks.training;

import io.farandole.benchmarks.process.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** One of the two that are compared: a process that trains when it is told to. */
final class AlsSide {

    static final String NO_FILE = "-";

    private final String name;
    private final List<Setting> settings;
    private final Start start;

    /**
     * What quality depends on.
     *
     * @param lambda the regularisation
     * @param alpha of ours how much what was not met counts, of Spark's how much more what was met
     * @param blocks of Spark's alone
     */
    record Setting(double lambda, double alpha, int blocks) {

        @Override
        public String toString() {
            return "λ " + lambda + ", α " + alpha + (blocks == 0 ? "" : ", " + blocks + " blocks");
        }
    }

    /** Starts a process that is told so and has the data named to it. */
    @FunctionalInterface
    interface Start {
        Asked with(String first) throws IOException;
    }

    /** What a process that trained once took. */
    record Once(double seconds, OptionalLong peakMemory) {}

    AlsSide(String name, List<Setting> settings, Start start) {
        this.name = name;
        this.settings = settings;
        this.start = start;
    }

    String name() {
        return name;
    }

    /** Those that are tried, the usual one first. */
    List<Setting> settings() {
        return settings;
    }

    /** A process that is ready to be told of trainings. */
    Asked open(String data) throws IOException {
        Asked process = start.with(data);
        process.line();
        return process;
    }

    /** Seconds of a training of which nothing is kept. */
    static double time(Asked process, Sizes.Als sizes, Setting setting) throws IOException {
        return Double.parseDouble(process.ask(training(sizes, setting, NO_FILE)));
    }

    /** What is found with a setting. */
    static Factorised find(Asked process, Sizes.Als sizes, Setting setting, Path directory)
            throws IOException {
        Path file = directory.resolve("factors");
        process.ask(training(sizes, setting, file.toString()));
        Factorised found = Factorised.read(file);
        Files.delete(file);
        return found;
    }

    /** In a process of its own, which does nothing before or after. */
    Once once(String data, Sizes.Als sizes, Setting setting) throws IOException {
        try (Asked process = open(data)) {
            double seconds = time(process, sizes, setting);
            return new Once(seconds, process.peakMemory());
        }
    }

    private static String training(Sizes.Als sizes, Setting setting, String file) {
        return String.join(
                " ",
                Integer.toString(sizes.rank()),
                Integer.toString(sizes.iterations()),
                Double.toString(setting.lambda()),
                Double.toString(setting.alpha()),
                Integer.toString(setting.blocks()),
                file);
    }
}

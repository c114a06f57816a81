package io.farandole.benchmarks.streams;

import io.farandole.benchmarks.counting.CountingProgram;
import io.farandole.benchmarks.counting.Profile;
import io.farandole.benchmarks.counting.Result;
import io.farandole.benchmarks.counting.Trial;
import io.farandole.benchmarks.process.OtherJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A system that counts, in a process of its own, with the settings that are tried. */
final class Contender implements AutoCloseable {

    private static final List<String> FLAGS = List.of("-Xmx3g", "-XX:+UseG1GC");
    private static final String KAFKA_LOGGING = "-Dlogback.configurationFile=kafka-logback.xml";
    private static final String KAFKA = "io.farandole.benchmarks.kafka.KafkaProgram";

    private final String name;
    private final Settings settings;
    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter trials;
    private String forThroughput;
    private String forLatency;

    /**
     * What a system can be set to.
     *
     * @param usual its defaults
     * @param throughput among which the best for draining is looked for, beside the usual
     * @param latency among which the quickest is looked for, beside the usual
     * @param recovery with which it recovers best
     */
    record Settings(String usual, List<String> throughput, List<String> latency, String recovery) {}

    private Contender(String name, Settings settings, Process process) throws IOException {
        this.name = name;
        this.settings = settings;
        this.process = process;
        forThroughput = settings.usual();
        forLatency = settings.usual();
        answers = process.inputReader(StandardCharsets.UTF_8);
        trials = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        if (!line().equals(CountingProgram.READY)) {
            throw new IOException(name + " does not say that it is ready");
        }
    }

    /**
     * @param profile where what it does is recorded, if anywhere
     */
    static Contender ours(Path directory, int ackDeadlineSeconds, Optional<Path> profile)
            throws IOException {
        List<String> flags = new ArrayList<>(FLAGS);
        profile.ifPresent(
                to -> {
                    flags.add("-D" + Profile.DIRECTORY + "=" + to);
                    flags.add("-Xlog:jfr*=off");
                });
        CountingSettings usual = CountingSettings.usual(ackDeadlineSeconds);
        return new Contender(
                "Farandole",
                new Settings(
                        usual.text(),
                        List.of(
                                usual.with(1, 500).text(),
                                usual.with(2, 1_000).text(),
                                usual.with(4, 500).text()),
                        List.of(usual.with(1, 250).text()),
                        usual.text()),
                OtherJvm.start(flags, FarandoleProgram.class, List.of(directory.toString())));
    }

    /**
     * @param libraries the directory of its jar, beside which {@code lib} is
     */
    static Contender kafka(Path libraries, Path directory) throws IOException {
        return new Contender(
                "Kafka Streams",
                new Settings(
                        kafka(1, 100, 45_000),
                        List.of(
                                kafka(2, 100, 45_000),
                                kafka(2, 500, 45_000),
                                kafka(2, 2_000, 45_000)),
                        List.of(kafka(1, 10, 45_000), kafka(1, 25, 45_000)),
                        // The least that a broker allows.
                        kafka(1, 100, 6_000)),
                OtherJvm.start(
                        Stream.concat(FLAGS.stream(), Stream.of(KAFKA_LOGGING)).toList(),
                        libraries.resolve("*") + ":" + libraries.resolve("lib").resolve("*"),
                        KAFKA,
                        List.of(directory.toString())));
    }

    private static String kafka(int threads, int commitMillis, int sessionMillis) {
        return "threads=" + threads + " commit=" + commitMillis + " session=" + sessionMillis;
    }

    String name() {
        return name;
    }

    String usual() {
        return settings.usual();
    }

    String forThroughput() {
        return forThroughput;
    }

    String forLatency() {
        return forLatency;
    }

    String forRecovery() {
        return settings.recovery();
    }

    /** How good a setting is, as a trial shows. */
    interface Worth {
        double of(String setting) throws IOException;
    }

    void chooseForThroughput(int most, Worth worth) throws IOException {
        forThroughput = best(settings.throughput(), most, worth);
    }

    void chooseForLatency(int most, Worth worth) throws IOException {
        forLatency = best(settings.latency(), most, worth);
    }

    private String best(List<String> others, int most, Worth worth) throws IOException {
        String best = settings.usual();
        double known = worth.of(best);
        for (String candidate : others.subList(0, Math.min(most - 1, others.size()))) {
            double its = worth.of(candidate);
            if (its > known) {
                best = candidate;
                known = its;
            }
        }
        return best;
    }

    Result measure(Trial trial) throws IOException {
        trials.println(trial.line());
        return Result.parse(line());
    }

    private String line() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException(name + "'s process ended; it said why above");
        }
        return line;
    }

    @Override
    public void close() {
        trials.close();
        process.onExit().join();
    }
}

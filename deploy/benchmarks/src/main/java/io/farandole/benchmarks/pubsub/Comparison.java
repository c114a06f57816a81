package io.farandole.benchmarks.pubsub;

import io.farandole.benchmarks.pubsub.Backlog.Pace;
import io.farandole.benchmarks.pubsub.Sides.Rounds;
import io.farandole.benchmarks.report.Extent;
import io.farandole.benchmarks.report.Figure;
import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.report.Row;
import io.farandole.benchmarks.report.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The table's rows, one after the other, each with what it has to reach. */
public final class Comparison {

    private static final double MEGABYTE = 1e6;

    private final Sizes sizes;
    private final Findings findings;
    private final Path directory;
    private final Optional<Path> emulatorJar;
    private final Optional<Path> recording;

    /**
     * @param directory for journals and logs
     * @param emulatorJar what to compare with
     * @param recording where to write what our server did while messages went through
     */
    public Comparison(
            Extent extent,
            Findings findings,
            Path directory,
            Optional<Path> emulatorJar,
            Optional<Path> recording) {
        this.sizes = Sizes.of(extent);
        this.findings = findings;
        this.directory = directory;
        this.emulatorJar = emulatorJar;
        this.recording = recording;
    }

    public void measure() throws IOException, InterruptedException {
        limits();
        try (Sides sides =
                new Sides(
                        Side.of(
                                EmbeddedServer.start(
                                        Optional.of(directory.resolve("journal")), recording)),
                        other())) {
            sides.other().ifPresent(other -> findings.beside(other.server().name()));
            backlogs(sides);
            live(sides);
            new Latencies(sizes, findings, directory).measure(sides.other());
        }
        million();
        residents();
        starts();
    }

    private Optional<Side> other() throws IOException, InterruptedException {
        return emulatorJar.isEmpty() ? Optional.empty() : Optional.of(Side.of(emulator()));
    }

    private Emulator emulator() throws IOException, InterruptedException {
        return Emulator.start(emulatorJar.orElseThrow(), directory.resolve("emulator.log"));
    }

    private void backlogs(Sides sides) throws IOException, InterruptedException {
        findings.say("Publishing backlogs and draining them");
        sides.rounds(sizes.warmUps(), this::backlog);
        Rounds<Backlog.Rates> rounds = sides.rounds(sizes.rounds(), this::backlog);
        findings.row(
                Row.of(
                        "publish, batched, journal on",
                        "/s",
                        rounds.ours(rates -> rates.published().perSecond()),
                        rounds.other(rates -> rates.published().perSecond()),
                        Target.atLeast(60_000)));
        findings.row(
                Row.of(
                        String.format(
                                Locale.ROOT,
                                "streaming pull + ack of %,d, one subscriber",
                                sizes.backlog()),
                        "/s",
                        rounds.ours(rates -> rates.drained().perSecond()),
                        rounds.other(rates -> rates.drained().perSecond()),
                        Target.atLeast(30_000)));
        effort("published", rounds, Backlog.Rates::published);
        effort("pulled and acknowledged", rounds, Backlog.Rates::drained);
        for (Backlog.Rates round : rounds.ours()) {
            if (round.missing() > 0 || round.unacknowledged() > 0) {
                findings.flaw(
                        "of a backlog %,d did not come, and %,d were not acknowledged at its end"
                                .formatted(round.missing(), round.unacknowledged()));
            }
        }
        int again = rounds.ours().stream().mapToInt(Backlog.Rates::again).sum();
        if (again > 0) {
            findings.note(String.format(Locale.ROOT, "%,d messages came more than once.", again));
        }
    }

    private void effort(
            String done, Rounds<Backlog.Rates> rounds, Function<Backlog.Rates, Pace> pace) {
        findings.row(
                Row.of(
                        "  processor time of the server, per message " + done,
                        "µs",
                        rounds.ours(rates -> pace.apply(rates).serverMicros()),
                        rounds.other(rates -> pace.apply(rates).serverMicros()),
                        null));
        findings.limit(
                Row.of(
                        "processor time of Google's client, per message " + done,
                        "µs",
                        rounds.ours(rates -> pace.apply(rates).clientMicros())));
    }

    private Backlog.Rates backlog(Side side) throws IOException, InterruptedException {
        Backlog.Rates rates = new Backlog(side, sizes.backlog()).measure(sizes.longestDrain());
        said(
                side,
                "published %s/s (server %s µs, client %s µs of processor time each), drained %s/s (%s µs, %s µs)",
                rates.published().perSecond(),
                rates.published().serverMicros(),
                rates.published().clientMicros(),
                rates.drained().perSecond(),
                rates.drained().serverMicros(),
                rates.drained().clientMicros());
        return rates;
    }

    private void live(Sides sides) throws IOException, InterruptedException {
        findings.say("Publishing and receiving at the same time");
        Rounds<Live.Flow> rounds = sides.rounds(sizes.rounds(), this::live);
        findings.row(
                Row.of(
                        "live, publish to ack",
                        "/s",
                        rounds.ours(Live.Flow::perSecond),
                        rounds.other(Live.Flow::perSecond),
                        Target.atLeast(17_000)));
        int missing = rounds.ours().stream().mapToInt(Live.Flow::missing).sum();
        if (missing > 0) {
            findings.flaw(missing + " messages that were published and received did not come");
        }
    }

    private Live.Flow live(Side side) throws IOException, InterruptedException {
        Live.Flow flow = new Live(side.client()).measure(sizes.live().dividedBy(3), sizes.live());
        said(side, "%s/s", flow.perSecond());
        return flow;
    }

    private void million() throws IOException, InterruptedException {
        findings.say(String.format(Locale.ROOT, "A backlog of %,d that stays", sizes.million()));
        try (EmbeddedServer server =
                        EmbeddedServer.start(
                                Optional.of(directory.resolve("million")), Optional.empty());
                Side side = Side.of(server)) {
            new Backlog(side, sizes.million()).publish(side.client().create());
            findings.row(
                    Row.of(
                            String.format(
                                    Locale.ROOT, "heap with a backlog of %,d", sizes.million()),
                            "MB",
                            List.of(server.ask(EmbeddedServer.Question.HEAP) / MEGABYTE),
                            List.of(),
                            Target.atMost(600)));
        }
    }

    /** Of the emulator only the process can be seen from outside: so of ours, too. */
    private void residents() throws IOException, InterruptedException {
        if (sizes.residents() == 0 || emulatorJar.isEmpty()) {
            return;
        }
        findings.say(String.format(Locale.ROOT, "The memory of both with %,d", sizes.residents()));
        List<Double> ours =
                resident(
                        EmbeddedServer.start(
                                Optional.of(directory.resolve("resident")), Optional.empty()));
        List<Double> other = resident(emulator());
        if (!ours.isEmpty()) {
            findings.row(
                    Row.of(
                            String.format(
                                    Locale.ROOT,
                                    "process with a backlog of %,d",
                                    sizes.residents()),
                            "MB",
                            ours,
                            other,
                            null));
        }
    }

    private List<Double> resident(Server server) throws IOException, InterruptedException {
        try (Side side = Side.of(server)) {
            new Backlog(side, sizes.residents()).publish(side.client().create());
            return server.residentBytes().stream().mapToObj(bytes -> bytes / MEGABYTE).toList();
        }
    }

    private void starts() throws IOException, InterruptedException {
        findings.say("Starts");
        List<Double> first = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        List<Double> other = new ArrayList<>();
        for (int round = 0; round < sizes.starts(); round++) {
            try (EmbeddedServer server = EmbeddedServer.start(Optional.empty(), Optional.empty())) {
                first.add(server.startMillis());
                again.add(
                        Duration.ofNanos(server.ask(EmbeddedServer.Question.START_ANOTHER))
                                        .toNanos()
                                / 1e6);
            }
            if (emulatorJar.isPresent()) {
                try (Emulator emulator = emulator()) {
                    other.add(emulator.startMillis());
                }
            }
        }
        findings.row(
                Row.of("first start in a running JVM", "ms", first, other, Target.atMost(300)));
        findings.row(Row.of("second start in that JVM", "ms", again));
    }

    private void limits() throws IOException, InterruptedException {
        findings.limit(
                Row.of(
                        "append 4 KB and force it to disk",
                        "/s",
                        List.of(Limits.forcesPerSecond(directory, sizes.forces()))));
        findings.limit(
                Row.of(
                        "loopback, one thread to another",
                        "MB/s",
                        List.of(Limits.loopbackBytesPerSecond(sizes.loopbackBytes()) / MEGABYTE)));
    }

    private void said(Side side, String format, Double... figures) {
        Object[] texts = new Object[figures.length];
        for (int i = 0; i < figures.length; i++) {
            texts[i] = Figure.text(figures[i]);
        }
        findings.say(
                "  " + side.server().name() + ": " + String.format(Locale.ROOT, format, texts));
    }
}

package io.farandole.benchmarks.report;

import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What all benchmarks have in common: their options, the table, and target/bench/NAME.json. */
@Command(
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:measured; slowness is printed, not judged",
            "1:what was measured was wrong, or could not be measured",
            "2:wrong usage"
        },
        footerHeading = "%nExamples:%n")
public abstract class Benchmark implements Callable<Integer> {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String NONE = "";

    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON document; words go to standard error.")
    private boolean json;

    @ArgGroup private @Nullable Amount amount;

    /** One or the other. */
    private static final class Amount {

        @Option(names = "--full", description = "Longer, in more rounds, and what takes long.")
        private boolean full;

        @Option(
                names = "--moment",
                description = "Hardly anything: shows that it works, not how fast.")
        private boolean moment;
    }

    /** Ready to be executed. */
    public final CommandLine line() {
        return new CommandLine(this)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(
                        (e, line, _) -> {
                            e.printStackTrace(line.getErr());
                            line.getErr().flush();
                            return 1;
                        });
    }

    /** Where the sources are. */
    protected static Path home() {
        return Path.of(System.getProperty("farandole.home", "."));
    }

    /** Where benchmarks write. */
    protected static Path output() throws IOException {
        return Files.createDirectories(
                home().toAbsolutePath().normalize().resolve("target").resolve("bench"));
    }

    protected abstract void measure(Extent extent, Findings findings) throws Exception;

    @Override
    public final Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("called before the command line was parsed");
        }
        CommandLine line = spec.commandLine();
        Console console = new Console(line.getOut(), line.getErr(), json);
        Machine machine = Machine.here();
        console.say(machine.line());
        String startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        Findings findings = new Findings(console);
        Extent extent = extent();
        try {
            measure(extent, findings);
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            // What was measured until then took long, and is no less true.
            e.printStackTrace(line.getErr());
            findings.flaw("broken off, the rest was not measured: " + e);
        }
        String name = spec.name().substring(spec.name().lastIndexOf(' ') + 1);
        Report report = findings.report(name, extent, startedAt, machine);
        tell(report, console);
        console.say("Written to " + write(report));
        console.result(report);
        return report.flaws().isEmpty() ? 0 : 1;
    }

    private Extent extent() {
        if (amount == null) {
            return Extent.USUAL;
        }
        return amount.full ? Extent.FULL : amount.moment ? Extent.MOMENT : Extent.USUAL;
    }

    private static void tell(Report report, Console console) {
        console.say(NONE);
        boolean compared = !report.beside().isEmpty();
        boolean targeted = report.rows().stream().anyMatch(row -> row.target() != null);
        console.say(rows(report.rows(), compared ? report.beside() : NONE, targeted));
        if (!report.limits().isEmpty()) {
            console.say("For comparison, what this machine does:");
            console.say(rows(report.limits(), NONE, false));
        }
        report.notes().forEach(console::say);
        report.flaws().forEach(flaw -> console.say("WRONG: " + flaw));
    }

    private static Table rows(List<Row> rows, String beside, boolean targeted) {
        List<String> header = new ArrayList<>(List.of(NONE, "here"));
        if (!beside.isEmpty()) {
            header.addAll(List.of(beside, "ratio"));
        }
        if (targeted) {
            header.addAll(List.of("to reach", NONE));
        }
        Table table = new Table(header.toArray(String[]::new));
        for (Row row : rows) {
            List<Object> cells = new ArrayList<>(List.of(row.what(), figure(row.value(), row)));
            if (!beside.isEmpty()) {
                cells.add(row.other() == null ? NONE : figure(row.other(), row));
                cells.add(row.ratio() == null ? NONE : Figure.text(row.ratio()) + " ×");
            }
            if (targeted) {
                cells.add(row.target() == null ? NONE : row.target());
                cells.add(verdict(row));
            }
            table.row(cells.toArray());
        }
        return table;
    }

    private static String verdict(Row row) {
        if (row.target() == null) {
            return NONE;
        }
        if (row.reached() == null) {
            return "not judged: nothing beside it";
        }
        return row.reached() ? "reached" : "NOT REACHED";
    }

    private static String figure(double value, Row row) {
        return Figure.text(value) + " " + row.unit();
    }

    private static Path write(Report report) throws IOException {
        // what a moment gives are no figures: it must not take the place of any
        String suffix = report.extent() == Extent.MOMENT ? "-moment.json" : ".json";
        Path file = output().resolve(report.benchmark() + suffix);
        Files.writeString(file, JSON.writeValueAsString(report) + "\n");
        return file;
    }
}

package io.farandole.benchmarks.report;

import io.farandole.local.console.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a benchmark finds, row by row; what it is at is said as it goes. */
public final class Findings {

    private final Console console;
    private final long start = System.nanoTime();
    private final List<Row> rows = new ArrayList<>();
    private final List<Row> limits = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> flaws = new ArrayList<>();
    private String beside = "";

    Findings(Console console) {
        this.console = console;
    }

    /** Says a line to people, with the seconds since the start. */
    public void say(String line) {
        console.say(String.format(Locale.ROOT, "%6.1f s  %s", seconds(), line));
    }

    /** Names what stands beside in the rows that follow. */
    public void beside(String name) {
        beside = name;
    }

    public void row(Row row) {
        rows.add(row);
    }

    public void limit(Row row) {
        limits.add(row);
    }

    /** What one has to know to read the figures. */
    public void note(String sentence) {
        notes.add(sentence);
    }

    /** Something that was measured was not as it has to be: the benchmark fails. */
    public void flaw(String sentence) {
        flaws.add(sentence);
    }

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    Report report(String benchmark, Extent extent, String startedAt, Machine machine) {
        return new Report(
                benchmark,
                extent,
                startedAt,
                seconds(),
                machine,
                beside,
                List.copyOf(rows),
                List.copyOf(limits),
                List.copyOf(notes),
                List.copyOf(flaws));
    }
}

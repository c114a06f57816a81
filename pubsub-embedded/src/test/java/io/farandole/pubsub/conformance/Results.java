package io.farandole.pubsub.conformance;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The marks of each case, ours and the emulator's: as they were run, or as a table says. */
record Results(Map<String, String> ours, Map<String, String> emulator, String emulatorVersion) {

    static final String NOT_RUN = "not run";
    private static final Pattern ROW =
            Pattern.compile("\\| `(\\w+)` \\|.*\\| (\\S+|not run) \\| (\\S+|not run) \\|");
    private static final Pattern VERSION = Pattern.compile("emulator, version (\\S+),");

    static Results empty() {
        return new Results(new TreeMap<>(), new TreeMap<>(), NOT_RUN);
    }

    /** Reads back what {@link Table} wrote. */
    static Results in(String table) {
        Matcher version = VERSION.matcher(table);
        Results results =
                new Results(
                        new TreeMap<>(),
                        new TreeMap<>(),
                        version.find() ? version.group(1) : NOT_RUN);
        table.lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .forEach(
                        row -> {
                            results.ours.put(row.group(1), row.group(2));
                            results.emulator.put(row.group(1), row.group(3));
                        });
        return results;
    }

    String ours(Case one) {
        return ours.getOrDefault(one.name(), NOT_RUN);
    }

    String emulator(Case one) {
        return emulator.getOrDefault(one.name(), NOT_RUN);
    }
}

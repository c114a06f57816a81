package io.farandole.benchmarks.counting;

import java.util.List;

/**
 * What is to be measured; goes to the measured process as one line.
 *
 * @param events how many are sent in all
 * @param output whether each input is to have one output, which a reader receives
 * @param setting how the system is to be set, in its own words
 */
public record Trial(Kind kind, int events, int keys, boolean output, String setting) {

    /** What can be measured. */
    public enum Kind {
        /** How many events a second are drained of a backlog. */
        DRAIN,
        /** From when an event was due to when a reader sees it counted, at 1,000 a second. */
        LATENCY,
        /** From the kill of the process that counts to the first event that another one counts. */
        RECOVERY,
        /**
         * How many events a second are counted anew, beside the count that goes on with 1,000 a
         * second.
         */
        REBUILD
    }

    public Workload workload() {
        return new Workload(events, keys);
    }

    public String line() {
        return String.join(
                " ",
                List.of(
                        kind.name(),
                        Integer.toString(events),
                        Integer.toString(keys),
                        Boolean.toString(output),
                        setting));
    }

    static Trial parse(String line) {
        String[] words = line.split(" ", 5);
        return new Trial(
                Kind.valueOf(words[0]),
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Boolean.parseBoolean(words[3]),
                words[4]);
    }
}

package io.farandole.benchmarks.counting;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a trial gave; comes from the measured process as one line.
 *
 * @param flaws what was counted wrong
 */
public record Result(Map<Figure, Double> figures, List<String> flaws) {

    /** What there is to know of a trial. */
    public enum Figure {
        PER_SECOND,
        /** The same events, to when the second count was as far as the first. */
        PER_SECOND_TO_LEVEL,
        P50_MILLIS,
        P99_MILLIS,
        SLOWEST_MILLIS,
        /** Processor time that this process took for an event. */
        MICROS_HERE,
        /** Processor time that the system's other processes took for an event. */
        MICROS_ELSEWHERE,
        /** From the start of what counts to the first event that was counted, or to that again. */
        STARTED_SECONDS,
        /** How many keys and windows there were. */
        ROWS
    }

    private static final String FLAW = "FLAW";

    public double figure(Figure figure) {
        Double value = figures.get(figure);
        if (value == null) {
            throw new IllegalArgumentException("The trial does not tell " + figure);
        }
        return value;
    }

    /** For people who watch. */
    public String words() {
        return figures.entrySet().stream()
                .map(
                        entry ->
                                String.format(
                                        Locale.ROOT,
                                        "%s %,.1f",
                                        entry.getKey()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', ' '),
                                        entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    String line() {
        List<String> words = new ArrayList<>();
        new TreeMap<>(figures).forEach((figure, value) -> words.add(figure + "=" + value));
        flaws.forEach(
                flaw -> words.add(FLAW + "=" + URLEncoder.encode(flaw, StandardCharsets.UTF_8)));
        return String.join(" ", words);
    }

    public static Result parse(String line) {
        Map<Figure, Double> figures = new TreeMap<>();
        List<String> flaws = new ArrayList<>();
        for (String word : line.split(" ", -1)) {
            String[] parts = word.split("=", 2);
            if (parts[0].equals(FLAW)) {
                flaws.add(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            } else {
                figures.put(Figure.valueOf(parts[0]), Double.parseDouble(parts[1]));
            }
        }
        return new Result(figures, List.copyOf(flaws));
    }
}

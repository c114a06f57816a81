package io.farandole.processors.lists;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import io.farandole.streams.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The facts of one history, sorted, one a thing; written in little space, for each batch rewrites
 * the histories that it touches, and some are thousands of facts long.
 */
public record Facts(List<Fact> sorted) {

    static final Facts NONE = new Facts(List.of());

    /**
     * The form in which facts are kept.
     *
     * @param sources all sources that told something, sorted; the lines name them by their place
     */
    record Packed(List<String> sources, List<Line> lines) {}

    /** A fact in this form. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"item", "thing", "value", "second", "nano", "source", "id"})
    record Line(
            String item,
            String thing,
            double value,
            long second,
            int nano,
            int source,
            String id) {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Facts unpack(Packed packed) {
        List<Fact> facts = new ArrayList<>(packed.lines().size());
        for (Line line : packed.lines()) {
            Told told =
                    new Told(
                            Instant.ofEpochSecond(line.second(), line.nano()),
                            packed.sources().get(line.source()),
                            line.id());
            facts.add(new Fact(line.item(), line.thing(), line.value(), told));
        }
        return new Facts(facts);
    }

    @JsonValue
    Packed pack() {
        List<String> sources = sources();
        Map<String, Integer> places = new HashMap<>();
        sources.forEach(source -> places.put(source, places.size()));
        List<Line> lines = new ArrayList<>(sorted.size());
        for (Fact fact : sorted) {
            Told told = fact.told();
            Instant at = told.at();
            lines.add(
                    new Line(
                            fact.item(),
                            fact.thing(),
                            fact.value(),
                            at.getEpochSecond(),
                            at.getNano(),
                            places.getOrDefault(told.source(), 0),
                            told.id()));
        }
        return new Packed(sources, lines);
    }

    /** With this fact, unless a later one is known of the same thing. */
    Facts and(Fact fact) {
        int at = Collections.binarySearch(sorted, fact, Fact.ORDER);
        if (at >= 0 && !fact.told().isAfter(sorted.get(at).told())) {
            return this;
        }
        List<Fact> all = new ArrayList<>(sorted.size() + 1);
        all.addAll(sorted);
        if (at >= 0) {
            all.set(at, fact);
        } else {
            all.add(-at - 1, fact);
        }
        return new Facts(all);
    }

    /** Those that were told after that. */
    Facts since(Told start) {
        return new Facts(sorted.stream().filter(fact -> fact.told().isAfter(start)).toList());
    }

    public boolean isEmpty() {
        return sorted.isEmpty();
    }

    private List<String> sources() {
        TreeSet<String> sources = new TreeSet<>();
        sorted.forEach(fact -> sources.add(fact.told().source()));
        return List.copyOf(sources);
    }
}

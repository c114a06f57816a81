package io.farandole.streams.judging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which judges saw which planted fault: each that promises to is held to it. */
public final class FaultTable {

    private static final String ROW = "  %-24s%-8s%-8s%-14s%-6s%-6s%n";

    private final String checker;
    private final List<String> rows = new ArrayList<>();

    /**
     * @param checker whose judges they are
     */
    public FaultTable(String checker) {
        this.checker = checker;
    }

    /**
     * Notes what was seen of a fault.
     *
     * @throws AssertionError if a judge saw nothing although it promises to
     */
    public void note(Enum<?> fault, Set<Judge> promising, Judgements said) {
        Set<Judge> complaining = said.complaining();
        List<String> cells = new ArrayList<>(List.of(fault.name()));
        for (Judge judge : Judge.values()) {
            boolean sees = complaining.contains(judge);
            cells.add(!sees ? "" : promising.contains(judge) ? "sees" : "(sees)");
        }
        rows.add(ROW.formatted(cells.toArray()));
        assertThat(promising).as("who promises to see " + fault).isNotEmpty();
        assertThat(complaining).as("who sees " + fault).containsAll(promising);
    }

    /** The table so far; in parentheses, what was seen by chance. */
    @Override
    public String toString() {
        List<String> titles = new ArrayList<>(List.of(checker));
        for (Judge judge : Judge.values()) {
            titles.add(judge.title());
        }
        return ROW.formatted(titles.toArray()) + String.join("", rows);
    }
}

package io.farandole.recommenders.dataset;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How interactions stand in a file. */
public enum FileShape {
    /** Found from the first lines. */
    FOUND,
    /** An interaction a line: user, item and perhaps value and timestamp. */
    COLUMNS,
    /** A user a line, with all that user's items in no order: {@code user item item ...}. */
    LISTS,
    /** A user a line, with all that user's items, the oldest first. */
    SEQUENCES;

    /** How many lines are looked at. */
    static final int LOOKED_AT = 100;

    private static final int MOST_COLUMNS = 4;
    private static final int LEAST_COLUMNS_WITH_VALUE = 3;

    /** Such as {@code lists}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The shape of lines whose shape was left open. What is parted by tabs, commas or the like is
     * in columns, unless most lines have more cells than an interaction can have. What is parted by
     * spaces is a list, unless all lines have the same three or four cells and a user comes twice:
     * who has a line of his own comes once.
     *
     * @param lines the first that are not blank
     */
    static FileShape of(List<String> lines) {
        if (lines.isEmpty() || LineFormat.of(lines.getFirst()).hasHeader()) {
            return COLUMNS;
        }
        if (LineFormat.separator(lines.getFirst()).equals(LineFormat.SPACE)) {
            return isTable(lines) ? COLUMNS : LISTS;
        }
        long longer =
                lines.stream()
                        .filter(
                                line ->
                                        LineFormat.cells(line, LineFormat.separator(line)).size()
                                                > MOST_COLUMNS)
                        .count();
        return 2 * longer > lines.size() ? LISTS : COLUMNS;
    }

    private static boolean isTable(List<String> lines) {
        Set<String> users = new HashSet<>();
        int columns = LineFormat.cells(lines.getFirst(), LineFormat.SPACE).size();
        boolean repeats = false;
        for (String line : lines) {
            List<String> cells = LineFormat.cells(line.strip(), LineFormat.SPACE);
            if (cells.size() != columns) {
                return false;
            }
            repeats |= !users.add(cells.getFirst());
        }
        return repeats && columns >= LEAST_COLUMNS_WITH_VALUE && columns <= MOST_COLUMNS;
    }
}

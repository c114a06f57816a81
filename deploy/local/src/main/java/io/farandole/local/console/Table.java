package io.farandole.local.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Aligned columns of plain text; numbers to the right. */
public final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final boolean[] numeric;

    public Table(String... header) {
        rows.add(List.of(header));
        numeric = new boolean[header.length];
        Arrays.fill(numeric, true);
    }

    public Table row(Object... cells) {
        if (cells.length != numeric.length) {
            throw new IllegalArgumentException(
                    cells.length + " cells in a table of " + numeric.length + " columns");
        }
        List<String> texts = new ArrayList<>();
        for (int column = 0; column < cells.length; column++) {
            numeric[column] &= cells[column] instanceof Number;
            texts.add(text(cells[column]));
        }
        rows.add(texts);
        return this;
    }

    /** The lines, each without trailing blanks. */
    public List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String blanks = " ".repeat(width(column) - cells.get(column).length());
            line.append(numeric[column] ? blanks + cells.get(column) : cells.get(column) + blanks)
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String text(Object cell) {
        return switch (cell) {
            case Double number -> String.format(Locale.ROOT, "%.3f", number);
            case Number number -> String.format(Locale.ROOT, "%,d", number.longValue());
            default -> cell.toString();
        };
    }
}

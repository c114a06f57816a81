package io.farandole.recommenders.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Facts of items in a file: an item a line, its id first, below a header that names the columns,
 * parted by tabs or else by commas; a cell with a comma stands in quotation marks. A column with
 * {@code |} in it holds several tags a cell; one of few values holds one tag a cell; any other is a
 * text, of which the words count.
 */
public record ItemFile(Path path) {

    private static final String TABS = "\t";
    private static final Pattern TAGS = Pattern.compile("\\|");

    /** A column with more values than one in so many items is a text. */
    private static final int ITEMS_OF_A_VALUE = 10;

    private static final int FEW = 30;

    /**
     * @throws UnreadableInteractions if there is no such file, or it is malformed
     */
    public ItemFacts read() {
        List<String> lines;
        try {
            lines = Files.readAllLines(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UnreadableInteractions(path, "cannot be read: " + e, e);
        }
        if (lines.isEmpty()) {
            throw new UnreadableInteractions(path, 1, "no header that names the columns");
        }
        boolean tabs = lines.getFirst().contains(TABS);
        List<String> header = cells(lines.getFirst(), tabs);
        if (header.size() < 2) {
            throw new UnreadableInteractions(path, 1, "an item and nothing else");
        }
        Map<String, List<String>> rows = new HashMap<>();
        for (int number = 1; number < lines.size(); number++) {
            if (lines.get(number).isBlank()) {
                continue;
            }
            List<String> row = cells(lines.get(number), tabs);
            if (row.size() != header.size()) {
                throw new UnreadableInteractions(
                        path,
                        number + 1L,
                        row.size() + " columns, but the header has " + header.size());
            }
            if (rows.put(row.getFirst().strip(), row) != null) {
                throw new UnreadableInteractions(
                        path, number + 1L, "the item " + row.getFirst().strip() + " once more");
            }
        }
        return facts(header, rows);
    }

    private static ItemFacts facts(List<String> header, Map<String, List<String>> rows) {
        Map<String, List<String>> facts = new HashMap<>();
        rows.keySet().forEach(item -> facts.put(item, new ArrayList<>()));
        for (int at = 1; at < header.size(); at++) {
            int column = at;
            String name = header.get(column).strip().toLowerCase(Locale.ROOT);
            Set<String> values = new HashSet<>();
            rows.values().forEach(row -> values.add(row.get(column)));
            boolean several = values.stream().anyMatch(value -> value.contains("|"));
            boolean text =
                    !several && values.size() > Math.max(FEW, rows.size() / ITEMS_OF_A_VALUE);
            rows.forEach(
                    (item, row) -> {
                        List<String> told =
                                text
                                        ? ItemFacts.words(name, row.get(column))
                                        : TAGS.splitAsStream(row.get(column))
                                                .filter(part -> !part.isBlank())
                                                .map(part -> ItemFacts.tag(name, part))
                                                .distinct()
                                                .toList();
                        facts.computeIfAbsent(item, _ -> new ArrayList<>()).addAll(told);
                    });
        }
        return new ItemFacts(facts);
    }

    /** Of one line; two quotation marks within such a cell are one. */
    private static List<String> cells(String line, boolean tabs) {
        if (tabs) {
            return List.of(line.split(TABS, -1));
        }
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int at = 0; at < line.length(); at++) {
            char one = line.charAt(at);
            if (one == '"') {
                if (quoted && at + 1 < line.length() && line.charAt(at + 1) == '"') {
                    cell.append(one);
                    at++;
                } else {
                    quoted = !quoted;
                }
            } else if (one == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(one);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}

package io.farandole.recommenders.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Facts of items as they are: an item a line and its facts, parted by tabs; items in order. */
record FactsFile(Path path) {

    private static final String TAB = "\t";

    /** What would end a cell or a line. */
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    void write(ItemFacts facts) throws IOException {
        Files.write(path, lines(facts), StandardCharsets.UTF_8);
    }

    /**
     * @throws UnreadableInteractions if it cannot be read, or is malformed
     */
    ItemFacts read() {
        List<String> lines;
        try {
            lines = Files.readAllLines(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UnreadableInteractions(path, "cannot be read: " + e, e);
        }
        Map<String, List<String>> facts = new TreeMap<>();
        for (int number = 1; number <= lines.size(); number++) {
            List<String> cells = List.of(lines.get(number - 1).split(TAB, -1));
            List<String> its = cells.subList(1, cells.size());
            if (cells.getFirst().isEmpty() || !its.stream().allMatch(FactsFile::isFact)) {
                throw new UnreadableInteractions(
                        path, number, "no item and its facts, as in 42<TAB>type=film");
            }
            if (facts.put(cells.getFirst(), its) != null) {
                throw new UnreadableInteractions(
                        path, number, "the item " + cells.getFirst() + " once more");
            }
        }
        return new ItemFacts(facts);
    }

    static List<String> lines(ItemFacts facts) {
        List<String> lines = new ArrayList<>();
        facts.ofItems()
                .forEach(
                        (item, its) -> {
                            StringBuilder line = new StringBuilder(item);
                            its.stream()
                                    .map(fact -> CONTROL.matcher(fact).replaceAll(" "))
                                    .sorted()
                                    .forEach(fact -> line.append(TAB).append(fact));
                            lines.add(line.toString());
                        });
        return lines;
    }

    private static boolean isFact(String text) {
        return text.indexOf(ItemFacts.TAG) > 0 || text.indexOf(ItemFacts.WORD) > 0;
    }
}

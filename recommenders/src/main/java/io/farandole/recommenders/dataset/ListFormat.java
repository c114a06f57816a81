package io.farandole.recommenders.dataset;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A user a line, {@code user item item ...}, parted by spaces, tabs, commas or semicolons.
 *
 * @param inOrder whether the items stand in the order of time; then the first is taken to be of
 *     1970 and each next one a second later, as only their order is known
 */
record ListFormat(boolean inOrder) {

    private static final Pattern SEPARATOR = Pattern.compile("[ \t,;]+");

    /** A user without items has done nothing: files that were split have such lines. */
    void interactions(String line, Consumer<Interaction> consumer) {
        String[] cells = SEPARATOR.split(line.strip(), -1);
        for (int i = 1; i < cells.length; i++) {
            consumer.accept(
                    Interaction.of(
                            cells[0],
                            cells[i],
                            inOrder ? Instant.ofEpochSecond(i) : Instant.EPOCH));
        }
    }
}

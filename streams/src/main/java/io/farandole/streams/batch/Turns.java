package io.farandole.streams.batch;

import io.farandole.events.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Whose turn it is, where order matters.
 *
 * @param tried what is to be folded, in order
 * @param behind what is due, but has to stand behind others in its key's line
 * @param early the numbers of those that stand in a line and are due, but are not its first: they
 *     are tried when their turn comes
 */
record Turns<E extends Event>(
        List<WaitingLetter<E>> tried, List<WaitingLetter<E>> behind, List<Long> early) {

    /**
     * @param due as they were found, those in lines too
     * @param loose those of them that stand in no line and are locked
     * @param lines of the keys of all of them, as far as they have one
     */
    static <E extends Event> Turns<E> of(
            List<WaitingLetter<E>> due,
            List<WaitingLetter<E>> loose,
            Map<String, Line<E>> lines,
            Instant now) {
        List<WaitingLetter<E>> tried = new ArrayList<>();
        List<WaitingLetter<E>> behind = new ArrayList<>();
        List<Long> early = new ArrayList<>();
        for (WaitingLetter<E> letter : loose) {
            Line<E> line = letter.key() == null ? null : lines.get(letter.key());
            (line == null || line.lets(letter.id(), now) ? tried : behind).add(letter);
        }
        for (WaitingLetter<E> letter : due) {
            Line<E> line = letter.line() == null ? null : lines.get(letter.line());
            if (line != null && line.letters().getFirst().id() != letter.id()) {
                early.add(letter.id());
            }
        }
        lines.values().stream()
                .filter(line -> line.isDue(now))
                .forEach(line -> tried.addAll(line.letters()));
        tried.sort(Comparator.comparingLong(WaitingLetter::id));
        return new Turns<>(tried, behind, early);
    }
}

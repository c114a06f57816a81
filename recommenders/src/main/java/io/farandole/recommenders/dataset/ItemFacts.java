package io.farandole.recommenders.dataset;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is known of items beside who met them. A fact is a column's name, {@link #TAG} or {@link
 * #WORD}, and a value: {@code genres=Comedy}, {@code title~story}.
 *
 * @param ofItems each item's facts, in any order
 */
public record ItemFacts(SortedMap<String, List<String>> ofItems) {

    /** Between a column and one of few values. */
    public static final char TAG = '=';

    /** Between a column and a word of a text. */
    public static final char WORD = '~';

    /** Where nothing is known. */
    public static final ItemFacts NONE = new ItemFacts(Map.of());

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    public ItemFacts {
        ofItems = Collections.unmodifiableSortedMap(new TreeMap<>(ofItems));
    }

    public ItemFacts(Map<String, List<String>> ofItems) {
        this(new TreeMap<>(ofItems));
    }

    public boolean isEmpty() {
        return ofItems.isEmpty();
    }

    public List<String> of(String item) {
        return ofItems.getOrDefault(item, List.of());
    }

    /** One of few values. */
    public static String tag(String column, String value) {
        return column + TAG + value.strip();
    }

    /** Each of the words of a text, in lower case. */
    public static List<String> words(String column, String text) {
        return NO_WORD.splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isBlank())
                .distinct()
                .map(word -> column + WORD + word)
                .toList();
    }

    /** The column of a fact. */
    public static String column(String fact) {
        int end = 0;
        while (fact.charAt(end) != TAG && fact.charAt(end) != WORD) {
            end++;
        }
        return fact.substring(0, end + 1);
    }
}

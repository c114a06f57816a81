package io.farandole.gateway.items;

import org.jspecify.annotations.Nullable;

/** How many items a caller wants. */
public sealed interface Limit {

    int MOST = 100;
    int DEFAULT = 20;

    record Of(int items) implements Limit {}

    record Refused(String reason) implements Limit {}

    static Limit parse(@Nullable String text) {
        if (text == null) {
            return new Of(DEFAULT);
        }
        // Digits alone: Integer.parseInt would also take signs and the digits of other scripts.
        if (text.length() <= 3
                && !text.isEmpty()
                && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int items = Integer.parseInt(text);
            if (items >= 1 && items <= MOST) {
                return new Of(items);
            }
        }
        String quoted = text.length() > 20 ? text.substring(0, 20) + "…" : text;
        return new Refused("is \"" + quoted + "\", not a number from 1 to " + MOST);
    }
}

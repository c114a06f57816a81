package io.farandole.streams.batch;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes texts from outside fit for Postgres, which takes neither NUL nor half a character: shown as
 * marks, never silently left out.
 */
final class Storable {

    private static final char NUL = 0;
    private static final char NUL_MARK = '\u2400';
    private static final char MARK = '\ufffd';
    private static final int LONGEST_REASON = 2_000;

    private Storable() {}

    static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == NUL || Character.isSurrogate(c)) {
                return mended(text);
            }
        }
        return text;
    }

    static String reason(String text) {
        return text(text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) : text);
    }

    static Map<String, String> attributes(Map<String, String> attributes) {
        Map<String, String> storable = new LinkedHashMap<>();
        attributes.forEach((name, value) -> storable.put(text(name), text(value)));
        return storable;
    }

    private static String mended(String text) {
        StringBuilder mended = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == NUL ? NUL_MARK : c)
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? MARK : c)
                .forEach(mended::appendCodePoint);
        return mended.toString();
    }
}

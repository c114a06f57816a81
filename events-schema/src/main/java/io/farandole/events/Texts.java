package io.farandole.events;

import org.jspecify.annotations.Nullable;

/** What a text must be to pass every place that an event goes through. */
final class Texts {

    private static final int LONGEST_QUOTE = 300;

    private Texts() {}

    /**
     * Why this text cannot be kept: Postgres knows no NUL, and half a surrogate pair has no UTF-8.
     */
    static @Nullable String flaw(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "holds a NUL character, which cannot be stored";
            }
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    return "holds half a surrogate pair, which is no character";
                }
            }
        }
        return null;
    }

    /** Why this text cannot be an attribute: CloudEvents allows no control characters in one. */
    static @Nullable String flawOfAttribute(String text) {
        boolean plain = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || (c >= 0x7f && c <= 0x9f)) {
                return "holds a control character";
            }
            plain &= c < 0x7f;
        }
        return plain ? null : flaw(text);
    }

    /** Foreign text made short and harmless, for a refusal that is logged and stored. */
    static String quotable(String foreign) {
        StringBuilder quotable = new StringBuilder();
        foreign.codePoints()
                .limit(LONGEST_QUOTE)
                .map(
                        c ->
                                Character.isISOControl(c)
                                                || (c >= Character.MIN_SURROGATE
                                                        && c <= Character.MAX_SURROGATE)
                                        ? '\uFFFD'
                                        : c)
                .forEach(quotable::appendCodePoint);
        return foreign.codePointCount(0, foreign.length()) > LONGEST_QUOTE
                ? quotable.append('…').toString()
                : quotable.toString();
    }
}

package io.farandole.pubsub.filter;

import java.util.stream.Collectors;

/**
 * String literals: in double quotation marks, with the escapes of C for single characters, three
 * octal digits, two hexadecimal ones after x, four after u, eight after U.
 */
final class Literal {

    private static final String ESCAPED = "abfnrtv\\\"'";
    private static final String MEANT = "\u0007\b\f\n\r\t\u000b\\\"'";

    private final String filter;
    private final StringBuilder value = new StringBuilder();
    private int at;

    private Literal(String filter, int at) {
        this.filter = filter;
        this.at = at;
    }

    /** A literal's value, and where the filter goes on behind it. */
    record Read(String value, int end) {}

    /** Reads the literal that begins at the place. */
    static Read read(String filter, int begin) {
        Literal literal = new Literal(filter, begin + 1);
        while (true) {
            if (literal.at >= filter.length()) {
                throw new InvalidFilterException(
                        begin, "this string literal is not closed; it has to end with \".");
            }
            char next = filter.charAt(literal.at);
            if (next == '"') {
                break;
            } else if (next == '\\') {
                literal.escape();
            } else {
                literal.value.append(next);
                literal.at++;
            }
        }
        String value = literal.value.toString();
        if (value.codePoints().anyMatch(Literal::isHalf)) {
            throw new InvalidFilterException(
                    begin, "this string literal holds half of a surrogate pair.");
        }
        return new Read(value, literal.at + 1);
    }

    private void escape() {
        int begin = at++;
        char kind = at < filter.length() ? filter.charAt(at) : ' ';
        int meant = ESCAPED.indexOf(kind);
        if (meant >= 0) {
            value.append(MEANT.charAt(meant));
            at++;
            return;
        }
        switch (kind) {
            case 'x' -> codePoint(begin, at + 1, 2, 16);
            case 'u' -> codePoint(begin, at + 1, 4, 16);
            case 'U' -> codePoint(begin, at + 1, 8, 16);
            case '0', '1', '2', '3' -> codePoint(begin, at, 3, 8);
            default ->
                    throw new InvalidFilterException(
                            begin,
                            "this is no escape; there are \\\\ \\\" \\' \\a \\b \\f \\n \\r \\t \\v, \\101, \\x41, \\u0041"
                                    + " and \\U00000041.");
        }
    }

    private void codePoint(int begin, int digits, int count, int radix) {
        long codePoint = 0;
        for (int i = digits; i < digits + count; i++) {
            int digit =
                    i < filter.length() && filter.charAt(i) < 128
                            ? Character.digit(filter.charAt(i), radix)
                            : -1;
            if (digit < 0) {
                throw new InvalidFilterException(
                        begin,
                        "this escape has to have %d %s digits."
                                .formatted(count, radix == 8 ? "octal" : "hexadecimal"));
            }
            codePoint = codePoint * radix + digit;
        }
        if (codePoint > Character.MAX_CODE_POINT) {
            throw new InvalidFilterException(begin, "this escape is beyond \\U0010FFFF.");
        }
        value.appendCodePoint((int) codePoint);
        at = digits + count;
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    static String quoted(String value) {
        return value.codePoints()
                .mapToObj(Literal::written)
                .collect(Collectors.joining("", "\"", "\""));
    }

    /** The key as it stands in a filter: bare where it may. */
    static String key(String key) {
        return !key.isEmpty() && key.chars().allMatch(Literal::isBare) ? key : quoted(key);
    }

    static boolean isBare(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '-'
                || character == '_';
    }

    private static String written(int codePoint) {
        int meant = MEANT.indexOf(codePoint);
        if (meant >= 0 && codePoint != '\'') {
            return "\\" + ESCAPED.charAt(meant);
        }
        return Character.isISOControl(codePoint)
                ? "\\x%02x".formatted(codePoint)
                : Character.toString(codePoint);
    }
}

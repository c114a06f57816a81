package io.farandole.pubsub.filter;

import io.farandole.pubsub.filter.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts a filter into its pieces. */
final class Tokens {

    private final String filter;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Tokens(String filter) {
        this.filter = filter;
    }

    /** The last one is the end. */
    static List<Token> of(String filter) {
        Tokens tokens = new Tokens(filter);
        while (tokens.at < filter.length()) {
            tokens.next();
        }
        tokens.tokens.add(new Token(Kind.END, "", filter.length()));
        return List.copyOf(tokens.tokens);
    }

    private void next() {
        char first = filter.charAt(at);
        switch (first) {
            case ' ', '\t', '\n', '\r' -> at++;
            case '.', ':', '=', ',', '(', ')' -> sign(1);
            case '!' -> {
                if (!filter.startsWith("!=", at)) {
                    throw new InvalidFilterException(
                            at, "\"!\" stands before \"=\" only; the opposite is NOT.");
                }
                sign(2);
            }
            case '-' -> {
                // a key may begin with a hyphen; anywhere else it is NOT
                if (behindAttributes()) {
                    word();
                } else {
                    sign(1);
                }
            }
            case '"' -> literal();
            case '\'' ->
                    throw new InvalidFilterException(
                            at, "a string literal stands in double quotation marks.");
            case '\\' ->
                    throw new InvalidFilterException(
                            at,
                            "escapes are for string literals; put the key into quotation marks.");
            default -> {
                if (!Literal.isBare(first)) {
                    throw new InvalidFilterException(
                            at,
                            ("\"%s\" cannot stand here; a key with other characters than letters a to z, digits, - and _ goes"
                                            + " into quotation marks.")
                                    .formatted(Character.toString(filter.codePointAt(at))));
                }
                word();
            }
        }
    }

    private boolean behindAttributes() {
        int last = tokens.size() - 1;
        return last >= 1
                && (tokens.get(last).is(".") || tokens.get(last).is(":"))
                && tokens.get(last - 1).isWord("attributes");
    }

    private void sign(int length) {
        tokens.add(new Token(Kind.SIGN, filter.substring(at, at + length), at));
        at += length;
    }

    private void word() {
        int begin = at;
        while (at < filter.length() && Literal.isBare(filter.charAt(at))) {
            at++;
        }
        tokens.add(new Token(Kind.WORD, filter.substring(begin, at), begin));
    }

    private void literal() {
        Literal.Read read = Literal.read(filter, at);
        tokens.add(new Token(Kind.LITERAL, read.value(), at));
        at = read.end();
    }
}

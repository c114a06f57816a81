package io.farandole.pubsub.filter;

/** A piece of a filter, and how many characters stand before it. */
record Token(Kind kind, String text, int position) {

    enum Kind {
        /** Letters, digits, hyphens and underscores: a name, an operator in words, or a key. */
        WORD,
        /** A string literal, its quotation marks gone and its escapes resolved. */
        LITERAL,
        /** One of {@code . : = != , ( ) -}. */
        SIGN,
        END
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    /** How an error speaks of it. */
    String said() {
        return switch (kind) {
            case WORD, SIGN -> "\"" + text + "\"";
            case LITERAL -> "the string literal " + Literal.quoted(text);
            case END -> "the end";
        };
    }
}

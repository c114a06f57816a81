package io.farandole.pubsub.filter;

import io.farandole.pubsub.filter.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads
 *
 * <pre>
 * filter     = term { "AND" term } | term { "OR" term }
 * term       = [ "NOT" | "-" ] simple
 * simple     = "(" filter ")" | comparison | function
 * comparison = "attributes" ":" key | "attributes" "." key ( "=" | "!=" ) literal
 * function   = "hasPrefix" "(" "attributes" "." key "," literal ")"
 * </pre>
 *
 * AND and OR have no precedence over each other: who needs both writes parentheses.
 */
final class Parser {

    private static final Set<String> OPERATORS = Set.of("AND", "OR", "NOT");
    private final List<Token> tokens;
    private int at;

    Parser(String filter) {
        tokens = Tokens.of(filter);
    }

    Expression filter() {
        Expression whole = expression();
        if (next().kind() != Kind.END) {
            throw unexpected("AND or OR has to join it to what stands before, or it is too much");
        }
        return whole;
    }

    private Expression expression() {
        Expression first = term();
        Token operator = next();
        if (!operator.isWord("AND") && !operator.isWord("OR")) {
            return first;
        }
        List<Expression> terms = new ArrayList<>();
        terms.add(first);
        while (next().isWord(operator.text())) {
            take();
            terms.add(term());
        }
        if (next().isWord("AND") || next().isWord("OR")) {
            throw unexpected("AND and OR may stand together with parentheses only");
        }
        return operator.isWord("AND")
                ? new Expression.And(List.copyOf(terms))
                : new Expression.Or(List.copyOf(terms));
    }

    private Expression term() {
        if (next().isWord("NOT") || next().is("-")) {
            take();
            return new Expression.Not(simple());
        }
        return simple();
    }

    private Expression simple() {
        if (next().is("(")) {
            take();
            Expression nested = expression();
            expect(")", "a parenthesis is not closed");
            return nested;
        }
        if (next().isWord("attributes")) {
            return comparison();
        }
        if (next().isWord("hasPrefix")) {
            return function();
        }
        throw unexpected(
                "an expression begins with attributes, hasPrefix, NOT, - or a parenthesis");
    }

    private Expression comparison() {
        take();
        if (next().is(":")) {
            take();
            return new Expression.Has(key());
        }
        String key = member();
        if (next().is("=")) {
            take();
            return new Expression.Equal(key, literal());
        }
        if (next().is("!=")) {
            take();
            return new Expression.NotEqual(key, literal());
        }
        throw unexpected("a key is compared by = or !=; whether it is there, attributes:KEY asks");
    }

    private Expression function() {
        take();
        expect("(", "hasPrefix(attributes.KEY, \"PREFIX\") needs it");
        if (!next().isWord("attributes")) {
            throw unexpected("hasPrefix(attributes.KEY, \"PREFIX\") needs an attribute here");
        }
        take();
        String key = member();
        expect(",", "hasPrefix(attributes.KEY, \"PREFIX\") needs it");
        String prefix = literal();
        expect(")", "hasPrefix(attributes.KEY, \"PREFIX\") needs it");
        return new Expression.HasPrefix(key, prefix);
    }

    private String member() {
        expect(".", "attributes is followed by .KEY or :KEY");
        return key();
    }

    private String key() {
        if (next().kind() != Kind.WORD && next().kind() != Kind.LITERAL) {
            throw unexpected("the key of an attribute has to stand here");
        }
        return take().text();
    }

    private String literal() {
        if (next().kind() != Kind.LITERAL) {
            throw unexpected("a string literal has to stand here, in double quotation marks");
        }
        return take().text();
    }

    private void expect(String sign, String why) {
        if (!next().is(sign)) {
            throw unexpected("\"" + sign + "\" has to stand here: " + why);
        }
        take();
    }

    private Token next() {
        return tokens.get(at);
    }

    /** The end is never passed. */
    private Token take() {
        Token taken = next();
        if (taken.kind() != Kind.END) {
            at++;
        }
        return taken;
    }

    private InvalidFilterException unexpected(String why) {
        Token token = next();
        String capitals = token.text().toUpperCase(Locale.ROOT);
        boolean small =
                token.kind() == Kind.WORD
                        && OPERATORS.contains(capitals)
                        && !OPERATORS.contains(token.text());
        return new InvalidFilterException(
                token.position(),
                "found %s, but %s."
                        .formatted(
                                token.said(),
                                small ? "operators are written in capitals: " + capitals : why));
    }
}

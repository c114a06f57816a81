package io.farandole.pubsub.filter;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a filter says of a message's attributes; printed as it is written. */
sealed interface Expression {

    boolean matches(Map<String, String> attributes);

    /** The attribute is there, with whatever value. */
    record Has(String key) implements Expression {
        @Override
        public boolean matches(Map<String, String> attributes) {
            return attributes.containsKey(key);
        }

        @Override
        public String toString() {
            return "attributes:" + Literal.key(key);
        }
    }

    /** The attribute is there and has the value. */
    record Equal(String key, String value) implements Expression {
        @Override
        public boolean matches(Map<String, String> attributes) {
            return value.equals(attributes.get(key));
        }

        @Override
        public String toString() {
            return "attributes." + Literal.key(key) + "=" + Literal.quoted(value);
        }
    }

    /** The opposite of {@link Equal}: so a message without the attribute matches. */
    record NotEqual(String key, String value) implements Expression {
        @Override
        public boolean matches(Map<String, String> attributes) {
            return !value.equals(attributes.get(key));
        }

        @Override
        public String toString() {
            return "attributes." + Literal.key(key) + "!=" + Literal.quoted(value);
        }
    }

    /** The attribute is there, and its value starts so. */
    record HasPrefix(String key, String prefix) implements Expression {
        @Override
        public boolean matches(Map<String, String> attributes) {
            String value = attributes.get(key);
            return value != null && value.startsWith(prefix);
        }

        @Override
        public String toString() {
            return "hasPrefix(attributes.%s,%s)"
                    .formatted(Literal.key(key), Literal.quoted(prefix));
        }
    }

    record Not(Expression negated) implements Expression {
        @Override
        public boolean matches(Map<String, String> attributes) {
            return !negated.matches(attributes);
        }

        @Override
        public String toString() {
            return "-" + nested(negated);
        }
    }

    record And(List<Expression> all) implements Expression {
        @Override
        public boolean matches(Map<String, String> attributes) {
            for (Expression one : all) {
                if (!one.matches(attributes)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String toString() {
            return joined(all, " AND ");
        }
    }

    record Or(List<Expression> any) implements Expression {
        @Override
        public boolean matches(Map<String, String> attributes) {
            for (Expression one : any) {
                if (one.matches(attributes)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            return joined(any, " OR ");
        }
    }

    private static String joined(List<Expression> expressions, String operator) {
        return expressions.stream()
                .map(one -> one instanceof Not ? one.toString() : nested(one))
                .collect(Collectors.joining(operator));
    }

    private static String nested(Expression expression) {
        return switch (expression) {
            case Has _, Equal _, NotEqual _, HasPrefix _ -> expression.toString();
            case Not _, And _, Or _ -> "(" + expression + ")";
        };
    }
}

package io.farandole.pubsub.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/**
 * A filter as Pub/Sub documents it: {@code attributes:KEY}, {@code attributes.KEY = "VALUE"},
 * {@code !=}, {@code hasPrefix(attributes.KEY, "PREFIX")}, joined by {@code AND}, {@code OR},
 * {@code NOT} or {@code -}, and parentheses.
 *
 * @see <a href="https://cloud.google.com/pubsub/docs/subscription-message-filter">Filter messages
 *     from a subscription</a>
 */
public final class Filter {

    /** The longest filter there may be, in bytes of UTF-8. */
    public static final int MAX_BYTES = 256;

    private final Expression expression;

    private Filter(Expression expression) {
        this.expression = expression;
    }

    /**
     * Reads a filter; that nothing is filtered is said by none at all, not by an empty one.
     *
     * @throws InvalidFilterException when the text is none
     */
    public static Filter parse(String text) {
        int bytes = text.getBytes(UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new InvalidFilterException(
                    0, "it has %d bytes, and at most %d are allowed.".formatted(bytes, MAX_BYTES));
        }
        return new Filter(new Parser(text).filter());
    }

    /** Whether a message with these attributes is wanted. */
    public boolean matches(Map<String, String> attributes) {
        return expression.matches(attributes);
    }

    /** The filter in its shortest form, which reads back to the same. */
    @Override
    public String toString() {
        return expression.toString();
    }
}

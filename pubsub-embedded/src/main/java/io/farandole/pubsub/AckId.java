package io.farandole.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which message was handed out on which lease, as text that clients hand back. */
record AckId(long message, long lease) {

    static Optional<AckId> parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new AckId(
                            Long.parseLong(text, 0, dot, Character.MAX_RADIX),
                            Long.parseLong(text, dot + 1, text.length(), Character.MAX_RADIX)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Those of the texts that are acknowledgement ids. */
    static List<AckId> parseAll(List<String> texts) {
        List<AckId> parsed = new ArrayList<>(texts.size());
        for (String text : texts) {
            parse(text).ifPresent(parsed::add);
        }
        return parsed;
    }

    @Override
    public String toString() {
        return Long.toString(message, Character.MAX_RADIX)
                + '.'
                + Long.toString(lease, Character.MAX_RADIX);
    }
}

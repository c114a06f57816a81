package io.farandole.gateway.access;

import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpHeaders;

/** What a caller shows: a key, a token, nothing, or something that is none of them. */
sealed interface Credentials {

    String KEY_HEADER = "X-Api-Key";

    String BEARER = "Bearer ";

    /** Longer than any key. */
    int LONGEST = 200;

    /** Longer than any token that a provider makes; a header may not be longer than 8 KB either. */
    int LONGEST_TOKEN = 8_000;

    record None() implements Credentials {}

    record Malformed() implements Credentials {}

    /**
     * @param id the part by which it is looked up
     * @param secret the part that is compared
     */
    record Key(String id, String secret) implements Credentials {

        /** Without the secret: whoever logs this logs no key. */
        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }

    /**
     * What an OpenID Connect provider signed.
     *
     * @param text never shown
     */
    record Token(String text) implements Credentials {

        @Override
        public String toString() {
            return "Token[hidden]";
        }
    }

    /** In either header, once. */
    static Credentials of(HttpHeaders headers) {
        List<String> shown = new ArrayList<>(headers.getOrEmpty(KEY_HEADER));
        for (String value : headers.getOrEmpty(HttpHeaders.AUTHORIZATION)) {
            if (!value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                return new Malformed();
            }
            shown.add(value.substring(BEARER.length()).strip());
        }
        return switch (shown.size()) {
            case 0 -> new None();
            case 1 ->
                    headers.containsHeader(KEY_HEADER) || !looksLikeToken(shown.getFirst())
                            ? parse(shown.getFirst())
                            : new Token(shown.getFirst());
            // Which of two keys was meant is not ours to guess.
            default -> new Malformed();
        };
    }

    /** Three parts in base64, the first of which begins as a JSON object does. */
    private static boolean looksLikeToken(String text) {
        return text.length() <= LONGEST_TOKEN
                && text.startsWith("eyJ")
                && text.chars().filter(c -> c == '.').count() == 2;
    }

    /** {@code fk_<id>_<secret>}. */
    private static Credentials parse(String text) {
        if (text.length() > LONGEST) {
            return new Malformed();
        }
        String[] parts = text.split("_", 3);
        if (parts.length != 3
                || !parts[0].equals("fk")
                || parts[1].isEmpty()
                || parts[2].isEmpty()
                || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
            return new Malformed();
        }
        return new Key(parts[1], parts[2]);
    }
}

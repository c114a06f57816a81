package io.farandole.processors.vertex;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names as Google Cloud's labels take them: small letters, digits, hyphens; 63 at most. */
final class Labels {

    private static final Pattern FORM = Pattern.compile("[a-z0-9_-]{1,63}");
    private static final int HASH_BYTES = 8;
    private static final int KEPT = 40;

    private Labels() {}

    /** The text itself if it is one, else one that no other text has. */
    static String of(String text) {
        if (FORM.matcher(text).matches()) {
            return text;
        }
        String letters = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "-");
        return letters.substring(0, Math.min(letters.length(), KEPT)) + "-" + hash(text);
    }

    private static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

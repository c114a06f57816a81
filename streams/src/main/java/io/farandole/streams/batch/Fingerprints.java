package io.farandole.streams.batch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Says which misfortunes are of one kind, whatever ids and numbers their reasons name. */
final class Fingerprints {

    private static final int BYTES = 6;
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");
    private static final Pattern WITH_DIGITS = Pattern.compile("[\\w:.-]*\\d[\\w:.-]*");

    private Fingerprints() {}

    static String of(Misfortune misfortune) {
        String kind =
                String.join(
                        "\n",
                        misfortune.cause().name(),
                        String.valueOf(misfortune.errorClass()),
                        general(misfortune.place()),
                        general(misfortune.reason()));
        return HexFormat.of().formatHex(sha256(kind), 0, BYTES);
    }

    private static String general(String text) {
        return WITH_DIGITS.matcher(QUOTED.matcher(text).replaceAll("?")).replaceAll("#");
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

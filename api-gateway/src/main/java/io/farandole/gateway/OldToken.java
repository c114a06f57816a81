package io.farandole.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The token that clients of the old API send; never shown. */
public final class OldToken {

    private static final int SHORTEST = 8;

    private final byte[] text;

    private OldToken(String text) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @throws IllegalArgumentException if it is too short to be a secret
     */
    public static OldToken valueOf(String text) {
        if (text.strip().length() < SHORTEST) {
            throw new IllegalArgumentException(
                    "farandole.api.old-token must have at least " + SHORTEST + " characters");
        }
        return new OldToken(text);
    }

    /** Takes as long for a guess that is nearly right as for one that is not. */
    public boolean is(String guess) {
        return MessageDigest.isEqual(text, guess.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "OldToken[hidden]";
    }
}

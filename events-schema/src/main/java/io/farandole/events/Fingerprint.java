package io.farandole.events;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A SHA-256 of several parts, each with its length in front so that no two lists of parts look
 * alike.
 */
final class Fingerprint {

    private final MessageDigest digest;

    /**
     * Begins with what the fingerprint is for, so that equal parts for different purposes differ.
     */
    Fingerprint(String purpose) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        add(purpose);
    }

    void add(String part) {
        add(part.getBytes(StandardCharsets.UTF_8));
    }

    void add(int part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part));
    }

    void add(long part) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, part));
    }

    void add(byte[] part) {
        add(part.length);
        digest.update(part);
    }

    /** The fingerprint; read its first two longs. */
    ByteBuffer finish() {
        return ByteBuffer.wrap(digest.digest());
    }
}

package io.farandole.processors.lists;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A release that is tried on some users: always the same ones, and others for each release. The
 * view that users are served from decides by the same hash, {@code deployment.place_of}.
 *
 * @param share of the users, in percent
 */
public record Canary(String release, int share) {

    private static final int PLACES = 100;

    /** Whether it is tried on this user. */
    public boolean isTriedOn(String user) {
        return placeOf(user, release) < share;
    }

    /** From 0 to 99: the first four bytes of a hash of both, modulo 100. */
    static int placeOf(String user, String release) {
        byte[] hash = md5().digest((release + " " + user).getBytes(StandardCharsets.UTF_8));
        return Integer.remainderUnsigned(ByteBuffer.wrap(hash).getInt(), PLACES);
    }

    // Postgres has it too, and nobody has to be kept from choosing a place.
    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has MD5", e);
        }
    }
}

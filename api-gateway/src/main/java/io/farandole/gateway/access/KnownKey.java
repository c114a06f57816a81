package io.farandole.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A key as the table has it: not the secret, but what tells whether somebody knows it. */
final class KnownKey {

    private static final byte[] NO_HASH = new byte[32];

    private final String id;
    private final byte[] hash;
    private final Set<Role> roles;
    private final @Nullable Instant expires;

    /**
     * @param hash SHA-256 of the secret
     * @param expires from when it lets nobody in; null when never
     */
    KnownKey(String id, byte[] hash, Set<Role> roles, @Nullable Instant expires) {
        this.id = id;
        this.hash = hash.clone();
        this.roles = Set.copyOf(roles);
        this.expires = expires;
    }

    String id() {
        return id;
    }

    Set<Role> roles() {
        return roles;
    }

    /** Takes as long as for a key that is known. */
    static void pretend(Credentials.Key shown) {
        boolean _ = MessageDigest.isEqual(sha256(shown.secret()), NO_HASH);
    }

    boolean letsIn(Credentials.Key shown, Instant now) {
        boolean same = MessageDigest.isEqual(sha256(shown.secret()), hash);
        return same && (expires == null || now.isBefore(expires));
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

package io.farandole.orchestrator.keys;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key that was just made: the only time that its text is known.
 *
 * @param id by which it is listed and revoked
 * @param text what callers send, secret and all
 * @param expires from when it lets nobody in; absent when never
 */
public record IssuedKey(
        String id, String text, String name, Set<Role> roles, @Nullable Instant expires) {

    /** Without the secret, for whoever writes it down. */
    @Override
    public String toString() {
        return "IssuedKey[" + id + "]";
    }
}

package io.farandole.gateway.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as far as it matters here.
 *
 * @param key the id of the key, or of the token's subject; absent for ourselves and for keyless
 *     calls from this machine
 */
record Caller(@Nullable String key, Set<Role> roles) {

    /** All who show the old clients' token: they have one rate, as those have who share a key. */
    static final Caller OLD_CLIENTS = new Caller("?token", Set.of(Role.APP));

    /** This machine, where keyless calls from it are let in. */
    static Caller keyless(Set<Role> roles) {
        return new Caller(null, roles);
    }

    boolean may(Demand demand) {
        return switch (demand) {
            case NOTHING -> true;
            case ANY_ROLE -> !roles.isEmpty();
            case APP, OLD -> roles.contains(Role.APP) || roles.contains(Role.OPERATOR);
            case OPERATOR -> roles.contains(Role.OPERATOR);
            case PRODUCER -> roles.contains(Role.PRODUCER) || roles.contains(Role.OPERATOR);
        };
    }
}

package io.farandole.gateway.access;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a caller may do. */
enum Role {
    APP,
    PRODUCER,
    OPERATOR;

    private static final Set<Role> ALL = Set.of(values());

    static Set<Role> all() {
        return ALL;
    }

    /** The one that the table names so; a role that a later release knows gives nothing here. */
    static Optional<Role> of(String text) {
        return switch (text) {
            case "app" -> Optional.of(APP);
            case "producer" -> Optional.of(PRODUCER);
            case "operator" -> Optional.of(OPERATOR);
            default -> Optional.empty();
        };
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

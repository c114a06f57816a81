package io.farandole.orchestrator.keys;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A key as it is listed, without its secret, which nobody has but its callers. */
public record KeyLine(
        String id,
        String name,
        Set<Role> roles,
        Instant created,
        @Nullable Instant expires,
        boolean live) {}

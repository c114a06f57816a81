package io.farandole.orchestrator.models;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a promotion or a rollback that was asked for.
 *
 * @param outcome PROMOTED, ROLLED_BACK or REFUSED
 * @param other the release in whose place it came, or that came in its place
 * @param by who asked
 * @param reasons why; where it was refused, why that
 */
public record SwitchedRelease(
        Instant at,
        String release,
        String outcome,
        @Nullable String other,
        String by,
        List<String> reasons) {}

package io.farandole.gateway.store;

import io.r2dbc.spi.R2dbcException;
import org.jspecify.annotations.Nullable;

/** Tells a read model that its processor has not made yet from one that cannot be read. */
public final class Missing {

    private static final String UNDEFINED_TABLE = "42P01";

    private Missing() {}

    /** Whether a statement failed because a table or view that it reads does not exist. */
    public static boolean isMissing(Throwable failure) {
        for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof R2dbcException told) {
                return UNDEFINED_TABLE.equals(told.getSqlState());
            }
        }
        return false;
    }
}

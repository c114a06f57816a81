package io.farandole.gateway.offers;

import org.jspecify.annotations.Nullable;

/** A part of the earth. The same part is the same object, for what is in it is remembered. */
public interface Area {

    /** Whether a place is in it; of which it is not known where, is not. */
    boolean contains(@Nullable Position place);
}

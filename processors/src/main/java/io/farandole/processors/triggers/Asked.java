package io.farandole.processors.triggers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run: when it was asked for, and what became of it as far as a data set goes. Whatever is heard
 * first, it comes to the same.
 *
 * @param at when it was asked for; null while that was not heard
 * @param cut when its data set was said to be ready
 * @param failed when it failed
 */
record Asked(String run, @Nullable Instant at, @Nullable Instant cut, @Nullable Instant failed) {

    static Asked unheard(String run) {
        return new Asked(run, null, null, null);
    }

    /** A request of our own is known before it is heard. */
    Asked at(Instant when) {
        return new Asked(run, at == null || when.isBefore(at) ? when : at, cut, failed);
    }

    Asked cut(Instant when) {
        return new Asked(run, at, cut == null || when.isAfter(cut) ? when : cut, failed);
    }

    Asked failed(Instant when) {
        return new Asked(run, at, cut, failed == null || when.isAfter(failed) ? when : failed);
    }

    boolean isCut() {
        return cut != null;
    }

    /** Whether its data set is still to come. */
    boolean isPending() {
        return cut == null && failed == null;
    }

    /**
     * What was recorded until then may be in its data set: until it was asked for, for the archive
     * is read after that.
     */
    Instant since() {
        if (at != null) {
            return at;
        }
        return cut != null ? cut : failed != null ? failed : Instant.MIN;
    }

    /** When it was last heard of, for what has to wait after it. */
    Instant last() {
        return failed != null && failed.isAfter(since()) ? failed : since();
    }
}

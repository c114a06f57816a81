package io.farandole.streams.batch;

/** What a generation is up to; the names are those in the table. */
public enum GenerationPhase {
    /** Its tables stand; its subscriptions may not. */
    CREATED,
    /** It reads the archive; its subscriptions keep what comes meanwhile. */
    BACKFILL,
    /** It reads its subscriptions, and is behind. */
    CATCHUP,
    /** It is as far as the live one, and can be compared with it or switched to. */
    SHADOW,
    /** It is what everybody reads, and the only one that says anything. */
    ACTIVE,
    /** It was active; fed on, silently, until it is dropped. */
    RETIRED
}

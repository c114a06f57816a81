package io.farandole.streams.crashing;

/**
 * Where an instance can end between a message's arrival and the mark on what it said; in the order
 * in which they are passed (streams.md, 3.2, T3).
 */
public enum CrashPoint {
    /** Read, and nothing claimed yet. */
    AFTER_DECODING(When.BEFORE, "into streams.inbox_g"),
    AFTER_INBOX(When.AFTER, "into streams.inbox_g"),
    AFTER_LOCK(When.AFTER, "for update) held"),
    /** Rows are written, and the numbers of what is said are drawn. */
    AFTER_STATE(When.AFTER, "into streams.sequence"),
    AFTER_OUTBOX(When.AFTER, "into streams.outbox"),
    BEFORE_COMMIT(When.BEFORE, CrashPoint.COMMIT),
    /** It is committed, and nobody was told. */
    COMMIT_WITHOUT_REPLY(When.INSTEAD_OF_REPLY, CrashPoint.COMMIT),
    /** It is committed, and not acknowledged. */
    AFTER_COMMIT(When.AFTER, CrashPoint.COMMIT),
    /** The relay holds shards and has read nothing. */
    AFTER_LEASE(When.AFTER, "into streams.relay_lease"),
    /** The relay has read what it will publish. */
    BEFORE_PUBLISH(When.AFTER, "as before"),
    /** It is published, and not marked. */
    AFTER_PUBLISH(When.BEFORE, "set published_at"),
    AFTER_MARK(When.AFTER, "set published_at");

    static final String COMMIT = "commit";

    /** On which side of a statement. */
    enum When {
        BEFORE,
        AFTER,
        /** The statement was executed, and the connection was lost with its reply. */
        INSTEAD_OF_REPLY
    }

    private final When when;
    private final String statement;

    CrashPoint(When when, String statement) {
        this.when = when;
        this.statement = statement;
    }

    boolean isReached(When side, String sql) {
        return when == side && sql.contains(statement);
    }
}

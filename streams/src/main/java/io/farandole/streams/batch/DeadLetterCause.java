package io.farandole.streams.batch;

/** Why a message was not applied; the names are those in the table. */
public enum DeadLetterCause {
    /** No event of the topic. */
    UNDECODABLE,
    /** An event, but no fact that the processor accepts. */
    REJECTED,
    /** Too late for its window. */
    LATE,
    /** The fold or the database fails on it. */
    POISON,
    /** Its id lay in the future: until version 3 of the schema; since then such ones wait. */
    CLOCK,
    /** Its id is older than what the inbox remembers. */
    EXPIRED_HORIZON,
    /** Something that it needs is not there yet. */
    WAITING
}

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
    WAITING,
    /** An earlier message of its key is not applied, and order matters. */
    PARKED_BEHIND;

    /** As what the ledger counts it, as long as it is not applied. */
    Count count() {
        return switch (this) {
            case UNDECODABLE, REJECTED -> Count.REJECTED;
            case LATE -> Count.LATE;
            case POISON, CLOCK, EXPIRED_HORIZON -> Count.DEAD_LETTERED;
            case WAITING, PARKED_BEHIND -> Count.WAITING;
        };
    }
}

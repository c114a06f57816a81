package io.farandole.streams.batch;

/** What the ledger counts apart; their sum is what was delivered. */
enum Count {
    APPLIED,
    DUPLICATE,
    LATE,
    REJECTED,
    DEAD_LETTERED,
    WAITING
}

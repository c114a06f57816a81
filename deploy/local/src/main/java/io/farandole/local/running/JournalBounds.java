package io.farandole.local.running;

/**
 * What bounds the broker's journal.
 *
 * @param bytes the most that it may take
 * @param days for how many days it keeps what every reader has acknowledged
 */
public record JournalBounds(long bytes, int days) {}

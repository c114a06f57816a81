package io.farandole.processors.archive;

/**
 * A row as a replay passes it.
 *
 * @param withheld it was told of someone who asked to be forgotten since: to be counted, and given
 *     to nobody
 */
public record Kept(Raw row, boolean withheld) {}

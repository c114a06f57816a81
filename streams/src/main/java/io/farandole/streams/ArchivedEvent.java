package io.farandole.streams;

/**
 * An internal event as the archive keeps it: whole, not decoded.
 *
 * @param position grows from one event to the next, over all topics
 */
public record ArchivedEvent(long position, String topic, Delivery delivery) {}

package io.farandole.streams;

/**
 * An internal event as the archive keeps it: whole, not decoded.
 *
 * @param position grows from one event to the next, over all topics
 * @param withheld it was told of someone who asked to be forgotten since, as the archive knew when
 *     it was read: it is passed over undecoded, and only counted
 */
public record ArchivedEvent(long position, String topic, Delivery delivery, boolean withheld) {}

package io.farandole.streams;

import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.events.Topic;
import java.time.Instant;

/**
 * An event that a fold says because of an input.
 *
 * @param ordinal its number among those said because of this input, from 0: part of its id
 */
public record Emission(Message<?> input, int ordinal, Topic<?> topic, Event event, Instant time) {}

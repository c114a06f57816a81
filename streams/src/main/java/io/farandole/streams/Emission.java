package io.farandole.streams;

import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.events.Topic;
import java.time.Instant;

/**
 * An event that a processor says because of an input.
 *
 * @param voice which part of the processor says it
 * @param ordinal its number among those that this voice says because of this input, from 0: part of
 *     its id
 */
public record Emission(
        Message<?> input, Voice voice, int ordinal, Topic<?> topic, Event event, Instant time) {}

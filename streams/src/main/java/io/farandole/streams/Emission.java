package io.farandole.streams;

import io.farandole.events.Envelope;
import io.farandole.events.Event;
import io.farandole.events.Topic;
import java.time.Instant;

/**
 * An event that a processor says because of an input.
 *
 * @param input of a message, or of the one that set the timer
 * @param voice which part of the processor says it
 * @param ordinal its number among those that this voice says because of this input, from 0: part of
 *     its id
 */
public record Emission(
        Envelope input, Voice voice, int ordinal, Topic<?> topic, Event event, Instant time) {}

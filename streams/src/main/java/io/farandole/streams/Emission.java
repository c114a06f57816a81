package io.farandole.streams;

import io.farandole.events.Envelope;
import io.farandole.events.Event;
import io.farandole.events.EventId;
import io.farandole.events.Topic;
import java.time.Instant;
import java.util.UUID;

/**
 * An event that a processor says because of an input.
 *
 * @param input of a message, or of the one that set the timer
 * @param voice which part of the processor says it
 * @param ordinal its number among those that this voice says because of this input, from 0: part of
 *     its id
 */
public record Emission(
        Envelope input, Voice voice, int ordinal, Topic<?> topic, Event event, Instant time) {

    /**
     * The id of an internal input, from which its own is derived. What a timer says is dated no
     * earlier than it was to fire, which may be long after it was set: readers remember ids up to a
     * horizon.
     */
    public UUID origin() {
        UUID id = UUID.fromString(input.id());
        return voice.isOfTimer() ? EventId.noEarlierThan(input.time(), id) : id;
    }
}

package io.farandole.events;

/** What became of bytes that claim to be an event. */
public sealed interface Decoded<E extends Event> {

    /**
     * The bytes are an event.
     *
     * @param unknownFields members of the body that this version does not know; they were passed
     *     over
     */
    record Understood<E extends Event>(Message<E> message, int unknownFields)
            implements Decoded<E> {}

    /**
     * The bytes are no event of the topic.
     *
     * @param reason what is wrong, short and safe to log and to store
     * @param place where: {@code attribute ce-id} or {@code $.rated.value}
     */
    record Refused<E extends Event>(String reason, String place) implements Decoded<E> {}
}

package io.farandole.events;

/** An event in its envelope. */
public record Message<E extends Event>(Envelope envelope, E event) {}

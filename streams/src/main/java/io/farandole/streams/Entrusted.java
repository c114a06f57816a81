package io.farandole.streams;

import io.farandole.events.Message;

/** A message that a fold entrusted to long work. */
public record Entrusted(Message<?> input, Work<?> work) {}

package io.farandole.streams;

/** A key in one of its windows. */
public record Windowed(String key, Window window) {}

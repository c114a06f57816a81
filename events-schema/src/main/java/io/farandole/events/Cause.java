package io.farandole.events;

/** The source event that something goes back to: its {@code ce-source} and {@code ce-id}. */
public record Cause(String source, String id) {}

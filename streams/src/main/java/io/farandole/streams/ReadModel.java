package io.farandole.streams;

/**
 * A view {@code <processor>.<name>} over a processor's stores, for those who read its results with
 * SQL.
 *
 * @param select a constant of the source code, never built from input
 */
public record ReadModel(String name, String select) {}

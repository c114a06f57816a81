package io.farandole.streams;

/** One key's place in a store. */
public record Row<V>(Store<V> store, String key) {}

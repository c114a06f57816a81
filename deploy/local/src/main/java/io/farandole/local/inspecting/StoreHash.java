package io.farandole.local.inspecting;

/** A store's keys and values in one short text: equal when all of them are. */
public record StoreHash(String store, long rows, String hash) {}

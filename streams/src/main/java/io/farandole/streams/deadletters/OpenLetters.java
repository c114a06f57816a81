package io.farandole.streams.deadletters;

import java.util.Map;

/**
 * How many are open.
 *
 * @param active of generations that are active, by cause
 * @param others of all other generations, which nobody is served by, by cause
 */
public record OpenLetters(Map<String, Long> active, Map<String, Long> others) {}

package io.farandole.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What keeps an offer from a user's list, or its place in it.
 *
 * @param removedBy the rules that speak against it
 * @param rank from 1, before kinds are mixed; null if it is not there
 */
public record WhyNot(
        String user, String offer, String item, List<String> removedBy, @Nullable Integer rank) {}

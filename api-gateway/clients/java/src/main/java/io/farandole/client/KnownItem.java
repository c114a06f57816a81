package io.farandole.client;

import java.util.List;

/** What is known of an item, with all its offers, also those that cannot be had any more. */
public record KnownItem(
        String item, String title, List<String> categories, List<KnownOffer> offers) {}

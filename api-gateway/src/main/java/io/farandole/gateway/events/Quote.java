package io.farandole.gateway.events;

/** Foreign text, short enough to be said back. */
final class Quote {

    private static final int LONGEST = 200;

    private Quote() {}

    static String of(String foreign) {
        return foreign.length() <= LONGEST ? foreign : foreign.substring(0, LONGEST) + "…";
    }
}

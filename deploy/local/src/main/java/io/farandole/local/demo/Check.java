package io.farandole.local.demo;

import java.util.Locale;

/** Something that must be so for the demonstration to have happened. */
public record Check(String what, boolean holds, String found) {

    static Check equal(String what, long expected, long found) {
        return new Check(
                what, expected == found, String.format(Locale.ROOT, "%,d of %,d", found, expected));
    }
}

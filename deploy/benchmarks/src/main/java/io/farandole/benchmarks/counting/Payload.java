package io.farandole.benchmarks.counting;

import java.util.Random;

/** Letters that no transport can press together, to fill messages up. */
public final class Payload {

    private static final String LETTERS = letters();

    private Payload() {}

    /** So many letters, other ones for each event. */
    public static String of(int number, int length) {
        int start = Math.floorMod(number * 31, LETTERS.length() - length);
        return LETTERS.substring(start, start + length);
    }

    private static String letters() {
        return new Random(1)
                .ints(64 << 10, 0, 62)
                .map(one -> one < 26 ? 'a' + one : one < 52 ? 'A' + one - 26 : '0' + one - 52)
                .collect(
                        StringBuilder::new,
                        (text, letter) -> text.append((char) letter),
                        StringBuilder::append)
                .toString();
    }
}

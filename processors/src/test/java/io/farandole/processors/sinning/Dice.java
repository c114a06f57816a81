package io.farandole.processors.sinning;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** What no fold may do: one in each method. */
public final class Dice {

    private Dice() {}

    static Object thrown() {
        return new Random(1).nextInt();
    }

    static Supplier<UUID> idByReference() {
        return UUID::randomUUID;
    }

    static Object ofMath() {
        return Math.random();
    }

    static void shuffled(List<String> list) {
        Collections.shuffle(list);
    }
}

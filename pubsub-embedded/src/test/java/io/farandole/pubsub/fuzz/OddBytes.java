package io.farandole.pubsub.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** Spoils the bytes of a request, as a broken client or network library would. */
final class OddBytes {

    /** Field 1 as a string of two bytes that are no UTF-8. */
    private static final byte[] NO_UTF_8 = {1 << 3 | 2, 2, (byte) 0xC3, 0x28};

    private final Random random;

    OddBytes(Random random) {
        this.random = random;
    }

    byte[] maybeSpoiled(byte[] request) {
        return switch (random.nextInt(12)) {
            case 0 -> Arrays.copyOf(request, random.nextInt(request.length + 1));
            case 1 -> flipped(request);
            case 2 -> joined(request, NO_UTF_8);
            case 3 -> joined(request, garbage());
            default -> request;
        };
    }

    private byte[] flipped(byte[] request) {
        byte[] spoiled = request.clone();
        for (int i = 0; i < 3 && spoiled.length > 0; i++) {
            spoiled[random.nextInt(spoiled.length)] = (byte) random.nextInt();
        }
        return spoiled;
    }

    private byte[] garbage() {
        byte[] bytes = new byte[1 + random.nextInt(50)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(first);
        joined.writeBytes(second);
        return joined.toByteArray();
    }
}

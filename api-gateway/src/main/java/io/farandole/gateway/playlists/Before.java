package io.farandole.gateway.playlists;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Which items the pages before have shown, as a cursor carries it from page to page: the list
 * behind the pages changes with every event, so that a place in it would show some twice.
 */
public final class Before {

    public static final Before NOTHING = new Before(Set.of());

    /** As many items as an address can name. */
    static final int MOST = 300;

    /** Of an item's digest: two of 300 items share these once in six thousand million times. */
    private static final int BYTES = 6;

    /** How many bytes tell whether the others are as we wrote them. */
    private static final int CHECK = Integer.BYTES;

    /** A page has many items, and all pages the same. */
    private static final LoadingCache<String, Long> NUMBERS =
            Caffeine.newBuilder().maximumSize(100_000).build(Before::digested);

    private final Set<Long> items;

    private Before(Set<Long> items) {
        this.items = items;
    }

    /**
     * Reads a cursor.
     *
     * @throws IllegalArgumentException if it is none of ours
     */
    public static Before of(String cursor) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is no cursor that an answer gave", e);
        }
        if (bytes.length > CHECK + MOST * BYTES
                || bytes.length < CHECK + BYTES
                || !isWhole(bytes)) {
            throw new IllegalArgumentException("is no cursor that an answer gave");
        }
        Set<Long> items = new LinkedHashSet<>();
        for (int at = CHECK; at < bytes.length; at += BYTES) {
            items.add(number(bytes, at));
        }
        return new Before(items);
    }

    boolean has(String item) {
        return !items.isEmpty() && items.contains(number(item));
    }

    /** Whether one more page may follow one of this size. */
    public boolean hasRoomFor(int size) {
        return items.size() + size <= MOST;
    }

    public Before and(Collection<String> more) {
        Set<Long> all = new LinkedHashSet<>(items);
        more.forEach(item -> all.add(number(item)));
        return new Before(all);
    }

    /** How many items they have shown. */
    int size() {
        return items.size();
    }

    /** As it goes into an answer. */
    public String cursor() {
        byte[] bytes = new byte[CHECK + items.size() * BYTES];
        int at = CHECK;
        for (long item : items) {
            for (int n = BYTES - 1; n >= 0; n--) {
                bytes[at++] = (byte) (item >>> (8 * n));
            }
        }
        ByteBuffer.wrap(bytes).putInt(check(bytes));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What was cut off on its way would let items come twice. */
    private static boolean isWhole(byte[] bytes) {
        return (bytes.length - CHECK) % BYTES == 0
                && ByteBuffer.wrap(bytes).getInt() == check(bytes);
    }

    private static int check(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes, CHECK, bytes.length - CHECK);
        return (int) crc.getValue();
    }

    private static long number(String item) {
        return NUMBERS.get(item);
    }

    private static long digested(String item) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(item.getBytes(StandardCharsets.UTF_8));
            return number(digest, 0);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static long number(byte[] bytes, int from) {
        long number = 0;
        for (int n = 0; n < BYTES; n++) {
            number = (number << 8) | (bytes[from + n] & 0xff);
        }
        return number;
    }
}

package io.farandole.processors.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;

/**
 * What was published on one topic on one day, in two numbers that do not depend on any order.
 *
 * @param day of publication, in UTC
 * @param hash the sum of all rows' hashes, of topic, key, attributes and payload, modulo 2^64
 */
public record Checksum(String topic, LocalDate day, long rows, long hash) {

    /** With one more row. */
    public Checksum plus(Raw row) {
        return new Checksum(topic, day, rows + 1, hash + hashOf(row));
    }

    /** The second half of an MD5, least significant byte first: what DuckDB computes as well. */
    static long hashOf(Raw row) {
        String content =
                row.topic()
                        + '\n'
                        + row.key()
                        + '\n'
                        + row.attributesJson()
                        + '\n'
                        + HexFormat.of().formatHex(md5(row.payload()));
        return ByteBuffer.wrap(md5(content.getBytes(StandardCharsets.UTF_8)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong(Long.BYTES);
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}

package io.farandole.recommenders.model;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Arrays of 4-byte numbers, little-endian, each after its length. */
final class BinaryPart {

    private static final int CHUNK = 1 << 14;

    private BinaryPart() {}

    static void write(OutputStream out, int[] numbers) throws IOException {
        byte[] bytes = new byte[CHUNK * Integer.BYTES];
        writeLength(out, numbers.length, bytes);
        for (int from = 0; from < numbers.length; from += CHUNK) {
            int count = Math.min(CHUNK, numbers.length - from);
            littleEndian(bytes).asIntBuffer().put(numbers, from, count);
            out.write(bytes, 0, count * Integer.BYTES);
        }
    }

    static void write(OutputStream out, float[] numbers) throws IOException {
        byte[] bytes = new byte[CHUNK * Float.BYTES];
        writeLength(out, numbers.length, bytes);
        for (int from = 0; from < numbers.length; from += CHUNK) {
            int count = Math.min(CHUNK, numbers.length - from);
            littleEndian(bytes).asFloatBuffer().put(numbers, from, count);
            out.write(bytes, 0, count * Float.BYTES);
        }
    }

    static int[] readInts(InputStream in, int most) throws IOException {
        byte[] bytes = new byte[CHUNK * Integer.BYTES];
        int[] numbers = new int[readLength(in, most, bytes)];
        for (int from = 0; from < numbers.length; from += CHUNK) {
            int count = Math.min(CHUNK, numbers.length - from);
            fill(in, bytes, count * Integer.BYTES);
            littleEndian(bytes).asIntBuffer().get(numbers, from, count);
        }
        return numbers;
    }

    static float[] readFloats(InputStream in, int most) throws IOException {
        byte[] bytes = new byte[CHUNK * Float.BYTES];
        float[] numbers = new float[readLength(in, most, bytes)];
        for (int from = 0; from < numbers.length; from += CHUNK) {
            int count = Math.min(CHUNK, numbers.length - from);
            fill(in, bytes, count * Float.BYTES);
            littleEndian(bytes).asFloatBuffer().get(numbers, from, count);
        }
        return numbers;
    }

    private static void writeLength(OutputStream out, int length, byte[] bytes) throws IOException {
        littleEndian(bytes).putInt(length);
        out.write(bytes, 0, Integer.BYTES);
    }

    /** Checked, so that a file that is something else asks for no absurd array. */
    private static int readLength(InputStream in, int most, byte[] bytes) throws IOException {
        fill(in, bytes, Integer.BYTES);
        int length = littleEndian(bytes).getInt();
        if (length < 0 || length > most) {
            throw new IOException("a length of " + length + " where " + most + " is the most");
        }
        return length;
    }

    private static void fill(InputStream in, byte[] bytes, int count) throws IOException {
        if (in.readNBytes(bytes, 0, count) < count) {
            throw new EOFException("it ends too early");
        }
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

package io.farandole.recommenders.linear;

/**
 * First eigenvectors of a symmetric matrix between items, the largest eigenvalue first.
 *
 * @param vectors [item · stride + vector], orthonormal
 * @param values one of each vector; there are so many vectors as values
 * @param stride from item to item in {@code vectors}: of more vectors the first may be taken
 */
@SuppressWarnings(
        "ArrayRecordComponent") // matrices are never compared, and copying them would cost
record Spectrum(float[] vectors, float[] values, int stride) {

    static final Spectrum NONE = new Spectrum(new float[0], new float[0], 0);

    int rank() {
        return values.length;
    }

    /** The same, of no more than so many. */
    Spectrum first(int rank) {
        return rank >= values.length
                ? this
                : new Spectrum(vectors, java.util.Arrays.copyOf(values, rank), stride);
    }
}

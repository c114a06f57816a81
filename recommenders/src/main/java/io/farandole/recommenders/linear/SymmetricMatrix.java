package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.FloatAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.openblas.global.openblas;

/**
 * A symmetric matrix of floats beside the heap, of which only one triangle is kept up, for
 * OpenBLAS. Row {@code i} holds the columns up to {@code i}: the lower triangle by rows, which
 * LAPACK, that thinks by columns, calls the upper.
 */
public final class SymmetricMatrix implements AutoCloseable {

    private static final byte UPPER_BY_COLUMNS = 'U';

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final int size;

    /** All zero. */
    public SymmetricMatrix(int size) {
        this.size = size;
        this.memory = arena.allocate((long) size * size * Float.BYTES, Long.BYTES * 8L);
    }

    public int size() {
        return size;
    }

    public float get(int row, int column) {
        return memory.getAtIndex(
                ValueLayout.JAVA_FLOAT, index(Math.max(row, column), Math.min(row, column)));
    }

    public void set(int row, int column, float value) {
        memory.setAtIndex(
                ValueLayout.JAVA_FLOAT, index(Math.max(row, column), Math.min(row, column)), value);
    }

    /**
     * Replaces it by its inverse, through Cholesky.
     *
     * @throws IllegalArgumentException if it is not positive definite
     */
    public void invert() {
        if (size == 0) {
            return;
        }
        try (FloatAddress address = new FloatAddress(memory)) {
            check(
                    openblas.LAPACKE_spotrf(
                            openblas.LAPACK_COL_MAJOR, UPPER_BY_COLUMNS, size, address, size));
            check(
                    openblas.LAPACKE_spotri(
                            openblas.LAPACK_COL_MAJOR, UPPER_BY_COLUMNS, size, address, size));
        }
    }

    @Override
    public void close() {
        arena.close();
    }

    private static void check(int status) {
        if (status != 0) {
            throw new IllegalArgumentException(
                    "the matrix is not positive definite (LAPACK says " + status + ")");
        }
    }

    private long index(int row, int column) {
        return (long) row * size + column;
    }
}

package io.farandole.recommenders.training;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;

/**
 * A symmetric matrix of doubles beside the heap, of which only one triangle is kept up, for
 * OpenBLAS. Row {@code i} holds the columns up to {@code i}: the lower triangle by rows, which
 * LAPACK, that thinks by columns, calls the upper.
 */
final class SymmetricMatrix implements AutoCloseable {

    private static final byte UPPER_BY_COLUMNS = 'U';

    /** An address that JavaCPP neither allocated nor counts against limits of its own. */
    private static final class Address extends DoublePointer {
        Address(MemorySegment memory) {
            super((org.bytedeco.javacpp.Pointer) null);
            this.address = memory.address();
        }
    }

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final int size;

    /** All zero. */
    SymmetricMatrix(int size) {
        this.size = size;
        this.memory = arena.allocate((long) size * size * Double.BYTES, Long.BYTES * 8L);
    }

    int size() {
        return size;
    }

    double get(int row, int column) {
        return memory.getAtIndex(
                ValueLayout.JAVA_DOUBLE, index(Math.max(row, column), Math.min(row, column)));
    }

    void set(int row, int column, double value) {
        memory.setAtIndex(
                ValueLayout.JAVA_DOUBLE,
                index(Math.max(row, column), Math.min(row, column)),
                value);
    }

    /**
     * Replaces it by its inverse, through Cholesky.
     *
     * @throws IllegalArgumentException if it is not positive definite
     */
    void invert() {
        if (size == 0) {
            return;
        }
        try (Address address = new Address(memory)) {
            check(
                    openblas.LAPACKE_dpotrf(
                            openblas.LAPACK_COL_MAJOR, UPPER_BY_COLUMNS, size, address, size));
            check(
                    openblas.LAPACKE_dpotri(
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

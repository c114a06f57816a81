package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.Factors;
import io.farandole.recommenders.model.FloatAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.bytedeco.openblas.global.openblas;

/**
 * The system of equations of one row after the other, beside the heap, for OpenBLAS; of one thread
 * alone.
 */
final class RowSystem implements AutoCloseable {

    /** The lower triangle by rows, which LAPACK, that thinks by columns, calls the upper. */
    private static final byte UPPER_BY_COLUMNS = 'U';

    /** Factors that are added to a system at once. */
    private static final int GATHERED = 256;

    private final Arena arena = Arena.ofConfined();
    private final Factors these;
    private final int rank;
    private final float[] gramian;
    private final float[] scaled;
    private final float[] sums;
    private final MemorySegment left;
    private final MemorySegment right;
    private final MemorySegment gathered;
    private final FloatAddress leftAddress;
    private final FloatAddress rightAddress;
    private final FloatAddress gatheredAddress;

    /**
     * @param gramian α HᵀH by rows, of which the lower triangle is read
     */
    RowSystem(Factors these, float[] gramian) {
        this.these = these;
        this.rank = these.rank();
        this.gramian = gramian;
        this.scaled = new float[rank];
        this.sums = new float[rank];
        this.left = floats(rank * rank);
        this.right = floats(rank);
        this.gathered = floats(GATHERED * rank);
        this.leftAddress = new FloatAddress(left);
        this.rightAddress = new FloatAddress(right);
        this.gatheredAddress = new FloatAddress(gathered);
    }

    private MemorySegment floats(int count) {
        return arena.allocate((long) count * Float.BYTES, Long.BYTES * 8L);
    }

    /** Puts the solution into an array, from a place on. */
    void solve(int[] met, float[] counts, float[] into, int place) {
        MemorySegment.copy(gramian, 0, left, ValueLayout.JAVA_FLOAT, 0, gramian.length);
        Arrays.fill(sums, 0);
        double count = 0;
        int waiting = 0;
        for (int at = 0; at < met.length; at++) {
            if (counts[at] > 0) {
                count += counts[at];
                gather(met[at], counts[at], waiting++);
                if (waiting == GATHERED) {
                    add(waiting);
                    waiting = 0;
                }
            }
        }
        if (count == 0) {
            Arrays.fill(into, place, place + rank, 0);
            return;
        }
        add(waiting);
        regularise(these.regularisation(count));
        MemorySegment.copy(sums, 0, right, ValueLayout.JAVA_FLOAT, 0, rank);
        int status =
                openblas.LAPACKE_sposv_work(
                        openblas.LAPACK_COL_MAJOR,
                        UPPER_BY_COLUMNS,
                        rank,
                        1,
                        leftAddress,
                        rank,
                        rightAddress,
                        rank);
        if (status == 0) {
            MemorySegment.copy(right, ValueLayout.JAVA_FLOAT, 0, into, place, rank);
        } else {
            // By rounding it has no Cholesky factor; that one is more patient.
            System.arraycopy(these.folded(met, counts), 0, into, place, rank);
        }
    }

    private void gather(int row, float count, int waiting) {
        float root = (float) Math.sqrt(count);
        float[] rows = these.rows();
        int start = row * rank;
        for (int i = 0; i < rank; i++) {
            scaled[i] = root * rows[start + i];
        }
        for (int i = 0; i < rank; i++) {
            sums[i] += count * rows[start + i];
        }
        MemorySegment.copy(
                scaled,
                0,
                gathered,
                ValueLayout.JAVA_FLOAT,
                (long) waiting * rank * Float.BYTES,
                rank);
    }

    private void add(int waiting) {
        if (waiting > 0) {
            openblas.cblas_ssyrk(
                    openblas.CblasRowMajor,
                    openblas.CblasLower,
                    openblas.CblasTrans,
                    rank,
                    waiting,
                    1,
                    gatheredAddress,
                    rank,
                    1,
                    leftAddress,
                    rank);
        }
    }

    private void regularise(float lambda) {
        for (int i = 0; i < rank; i++) {
            long index = (long) i * rank + i;
            left.setAtIndex(
                    ValueLayout.JAVA_FLOAT,
                    index,
                    left.getAtIndex(ValueLayout.JAVA_FLOAT, index) + lambda);
        }
    }

    @Override
    public void close() {
        leftAddress.close();
        rightAddress.close();
        gatheredAddress.close();
        arena.close();
    }
}

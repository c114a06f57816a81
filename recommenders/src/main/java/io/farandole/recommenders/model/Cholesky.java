package io.farandole.recommenders.model;

/** Small systems of equations, for which a call of LAPACK costs more than it saves. */
public final class Cholesky {

    private Cholesky() {}

    /**
     * Replaces the right side by the solution of Ax = b, and A by its factor.
     *
     * @param a symmetric, positive definite; only its lower triangle is read
     */
    public static void solve(float[][] a, float[] b) {
        int size = b.length;
        // Upper by rows, so that the inner loops run along memory and are vectorised.
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                a[i][j] = a[j][i];
            }
        }
        for (int k = 0; k < size; k++) {
            float[] pivot = a[k];
            float inverse = (float) (1 / Math.sqrt(Math.max(pivot[k], Float.MIN_NORMAL)));
            scale(pivot, k, size, inverse);
            b[k] *= inverse;
            for (int i = k + 1; i < size; i++) {
                subtract(a[i], pivot, pivot[i], i, size);
                b[i] -= pivot[i] * b[k];
            }
        }
        for (int k = size - 1; k >= 0; k--) {
            float sum = b[k];
            for (int j = k + 1; j < size; j++) {
                sum -= a[k][j] * b[j];
            }
            b[k] = sum / a[k][k];
        }
    }

    private static void scale(float[] row, int from, int end, float factor) {
        for (int i = from; i < end; i++) {
            row[i] *= factor;
        }
    }

    private static void subtract(float[] row, float[] pivot, float factor, int from, int end) {
        for (int i = from; i < end; i++) {
            row[i] -= factor * pivot[i];
        }
    }
}

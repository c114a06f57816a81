package io.farandole.recommenders.model;

import org.bytedeco.openblas.presets.openblas_nolapack;

/**
 * While any of these is open, OpenBLAS works in the thread that calls it, in the whole process: its
 * own threads would be in the way of those that share the work already, for they wait busily. When
 * the last is closed it has as many as it began with.
 */
public final class OneThreadEach implements AutoCloseable {

    private static final Object LOCK = new Object();
    private static int open;

    private OneThreadEach() {}

    public static OneThreadEach open() {
        synchronized (LOCK) {
            if (open++ == 0) {
                openblas_nolapack.blas_set_num_threads(1);
            }
        }
        return new OneThreadEach();
    }

    @Override
    public void close() {
        synchronized (LOCK) {
            if (--open == 0) {
                openblas_nolapack.blas_set_num_threads(Runtime.getRuntime().availableProcessors());
            }
        }
    }
}

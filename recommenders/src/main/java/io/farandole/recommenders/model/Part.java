package io.farandole.recommenders.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The files of which a model's checksum is taken, in that order. */
enum Part {
    ITEMS("items.txt"),
    PRIOR("prior.bin"),
    WEIGHTS("weights.bin"),
    SIMILAR("similar.bin");

    private static final int NONE = 0;
    private static final int DENSE = 1;
    private static final int SPARSE = 2;
    private static final int FACTORED = 3;
    private static final int SUM = 4;

    private final String file;

    Part(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    void write(TrainedModel model, OutputStream out) throws IOException {
        switch (this) {
            case ITEMS ->
                    out.write(
                            (String.join("\n", model.ids()) + "\n")
                                    .getBytes(StandardCharsets.UTF_8));
            case PRIOR -> BinaryPart.write(out, model.prior());
            case WEIGHTS -> write(out, model.weights());
            case SIMILAR -> write(out, model.similar());
        }
    }

    /** The inverse of {@link #write} for {@link #WEIGHTS}. */
    static ItemWeights readWeights(InputStream in, int items) throws IOException {
        int kind = in.read();
        return switch (kind) {
            case NONE -> new ItemWeights.None();
            case DENSE -> {
                int[] numbers = BinaryPart.readInts(in, items);
                float[][] rows = new float[numbers.length][];
                for (int row = 0; row < rows.length; row++) {
                    rows[row] = BinaryPart.readFloats(in, numbers.length);
                }
                yield new ItemWeights.Dense(numbers, rows);
            }
            case SPARSE -> new ItemWeights.Sparse(readRows(in, items));
            case FACTORED -> new ItemWeights.Factored(readFactors(in, items));
            case SUM -> {
                float[] share = BinaryPart.readFloats(in, 1);
                Factors factors = readFactors(in, items);
                yield new ItemWeights.Sum(readWeights(in, items), factors, share[0]);
            }
            default -> throw new IOException("weights of kind " + kind);
        };
    }

    private static Factors readFactors(InputStream in, int items) throws IOException {
        int rank = BinaryPart.readInts(in, 1)[0];
        float[] settings = BinaryPart.readFloats(in, 2);
        float[] rows = BinaryPart.readFloats(in, Integer.MAX_VALUE);
        if (rank < 1 || settings.length != 2 || rows.length != (long) rank * items) {
            throw new IOException(rows.length + " factors of " + items + " items, rank " + rank);
        }
        return new Factors(rows, rank, settings[0], settings[1]);
    }

    static SparseRows readRows(InputStream in, int items) throws IOException {
        return new SparseRows(
                BinaryPart.readInts(in, items + 1),
                BinaryPart.readInts(in, Integer.MAX_VALUE),
                BinaryPart.readFloats(in, Integer.MAX_VALUE));
    }

    private static void write(OutputStream out, ItemWeights weights) throws IOException {
        switch (weights) {
            case ItemWeights.None() -> out.write(NONE);
            case ItemWeights.Dense(int[] items, float[][] rows) -> {
                out.write(DENSE);
                BinaryPart.write(out, items);
                for (float[] row : rows) {
                    BinaryPart.write(out, row);
                }
            }
            case ItemWeights.Factored(Factors factors) -> {
                out.write(FACTORED);
                write(out, factors);
            }
            case ItemWeights.Sum(ItemWeights others, Factors factors, float share) -> {
                out.write(SUM);
                BinaryPart.write(out, new float[] {share});
                write(out, factors);
                write(out, others);
            }
            case ItemWeights.Sparse(SparseRows rows) -> {
                out.write(SPARSE);
                write(out, rows);
            }
        }
    }

    private static void write(OutputStream out, Factors factors) throws IOException {
        BinaryPart.write(out, new int[] {factors.rank()});
        BinaryPart.write(out, new float[] {(float) factors.alpha(), (float) factors.lambda()});
        BinaryPart.write(out, factors.rows());
    }

    private static void write(OutputStream out, SparseRows rows) throws IOException {
        BinaryPart.write(out, rows.starts());
        BinaryPart.write(out, rows.columns());
        BinaryPart.write(out, rows.values());
    }
}

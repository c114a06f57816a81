package io.farandole.benchmarks.training;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * Factors of users and of items, whoever found them: of each how many rows, how long a row is, and
 * the rows. They are judged here in one way, by every item that the user has not met.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Factorised(int rank, float[] users, float[] items) {

    private static final int LENGTH = 20;

    static Factorised read(Path file) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
            int users = in.readInt();
            int rank = in.readInt();
            float[] ofUsers = rows(in, users * rank);
            int items = in.readInt();
            in.readInt();
            return new Factorised(rank, ofUsers, rows(in, items * rank));
        }
    }

    private static float[] rows(DataInputStream in, int size) throws IOException {
        float[] rows = new float[size];
        for (int at = 0; at < size; at++) {
            rows[at] = in.readFloat();
        }
        return rows;
    }

    /** One side as it is read. */
    static void write(float[] rows, int rank, DataOutputStream out) throws IOException {
        out.writeInt(rows.length / rank);
        out.writeInt(rank);
        for (float factor : rows) {
            out.writeFloat(factor);
        }
    }

    /** The mean over users of NDCG at 20, binary, with the ideal at as many as were held out. */
    double ndcg(Likes likes) {
        float[][] byFactor = byFactor();
        return IntStream.range(0, likes.users())
                .parallel()
                .mapToDouble(user -> ndcg(user, byFactor, likes))
                .average()
                .orElse(0);
    }

    /** The items' factors, each of all items together: so they are added up quickly. */
    private float[][] byFactor() {
        float[][] turned = new float[rank][items.length / rank];
        for (int i = 0; i < rank; i++) {
            for (int item = 0; item < turned[i].length; item++) {
                turned[i][item] = items[item * rank + i];
            }
        }
        return turned;
    }

    private double ndcg(int user, float[][] byFactor, Likes likes) {
        float[] scores = new float[likes.items()];
        for (int i = 0; i < rank; i++) {
            add(users[user * rank + i], byFactor[i], scores);
        }
        for (int item : likes.known()[user]) {
            scores[item] = Float.NEGATIVE_INFINITY;
        }
        int[] held = likes.held()[user];
        double gain = 0;
        for (int item : held) {
            int before = 0;
            for (int other = 0; other < scores.length && before < LENGTH; other++) {
                before += isBefore(scores, other, item) ? 1 : 0;
            }
            gain += before < LENGTH ? discount(before) : 0;
        }
        return gain
                / IntStream.range(0, Math.min(LENGTH, held.length))
                        .mapToDouble(Factorised::discount)
                        .sum();
    }

    private static void add(float factor, float[] of, float[] scores) {
        for (int item = 0; item < scores.length; item++) {
            scores[item] += factor * of[item];
        }
    }

    /** Of equal ones the first is before, for either side. */
    private static boolean isBefore(float[] scores, int other, int item) {
        return scores[other] > scores[item] || (scores[other] == scores[item] && other < item);
    }

    private static double discount(int before) {
        return 1 / StrictMath.log(before + 2.0);
    }
}

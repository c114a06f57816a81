package io.farandole.benchmarks.spark;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Spark's implicit ALS on two threads. Its first line names the file of pairs {@code user,item},
 * both counted from 0, and how many users and items there are; each other line is a training, rank,
 * iterations, regularisation, α, blocks, and a file for the factors or {@code -}, and is answered
 * with its seconds.
 */
public final class AlsProgram {

    private static final double NANOS = 1e9;
    private static final String NO_FILE = "-";

    private AlsProgram() {}

    public static void main(String[] arguments) throws IOException {
        // Libraries print what they like; the answers are to be alone.
        PrintStream answers = System.out;
        System.setOut(System.err);
        BufferedReader questions =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String first = questions.readLine();
        if (first == null) {
            return;
        }
        String[] data = first.split(" ", 3);
        try (SparkSession spark = session()) {
            Dataset<Row> pairs =
                    spark.read()
                            .schema("user int, item int")
                            .csv(data[2])
                            .selectExpr("user", "item", "1f as rating")
                            .cache();
            answers.println("Spark " + spark.version() + " with " + pairs.count() + " pairs");
            for (String line = questions.readLine(); line != null; line = questions.readLine()) {
                answers.println(
                        train(
                                line.split(" ", 6),
                                pairs,
                                Integer.parseInt(data[0]),
                                Integer.parseInt(data[1])));
            }
        }
    }

    private static SparkSession session() {
        return SparkSession.builder()
                .appName("als")
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
    }

    private static double train(String[] asked, Dataset<Row> pairs, int users, int items)
            throws IOException {
        int rank = Integer.parseInt(asked[0]);
        ALS als =
                new ALS()
                        .setImplicitPrefs(true)
                        .setRank(rank)
                        .setMaxIter(Integer.parseInt(asked[1]))
                        .setRegParam(Double.parseDouble(asked[2]))
                        .setAlpha(Double.parseDouble(asked[3]))
                        .setNumBlocks(Integer.parseInt(asked[4]))
                        .setSeed(7);
        long start = System.nanoTime();
        ALSModel model = als.fit(pairs);
        // Both sides are there already: fit() counts them.
        double seconds = (System.nanoTime() - start) / NANOS;
        if (!NO_FILE.equals(asked[5])) {
            try (DataOutputStream out =
                    new DataOutputStream(
                            new BufferedOutputStream(Files.newOutputStream(Path.of(asked[5]))))) {
                write(model.userFactors(), users, rank, out);
                write(model.itemFactors(), items, rank, out);
            }
        }
        model.userFactors().unpersist(true);
        model.itemFactors().unpersist(true);
        return seconds;
    }

    /** How many rows, how long each, and they themselves by number; what is not there is all 0. */
    private static void write(Dataset<Row> factors, int count, int rank, DataOutputStream out)
            throws IOException {
        float[] all = new float[count * rank];
        for (Iterator<Row> rows = factors.toLocalIterator(); rows.hasNext(); ) {
            Row row = rows.next();
            int at = row.getInt(0) * rank;
            for (Object factor : row.getList(1)) {
                all[at] = (Float) factor;
                at++;
            }
        }
        out.writeInt(count);
        out.writeInt(rank);
        for (float factor : all) {
            out.writeFloat(factor);
        }
    }
}

package io.farandole.benchmarks.training;

import io.farandole.benchmarks.process.Asked;
import io.farandole.recommenders.linear.Alternating;
import io.farandole.recommenders.linear.Signals;
import io.farandole.recommenders.linear.WeightedRows;
import io.farandole.recommenders.model.Factors;
import io.farandole.recommenders.model.ModelSpec;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Our iALS alone in its JVM; it is told and answers what Spark's side is told and answers: first
 * the file of pairs and how many users and items there are, then trainings.
 */
final class AlsProgram {

    private static final double NANOS = 1e9;

    private AlsProgram() {}

    static void main(String[] arguments) throws Exception {
        Asked.answer(
                first -> {
                    String[] data = first.split(" ", 3);
                    return new Opened(
                            read(
                                    Path.of(data[2]),
                                    Integer.parseInt(data[0]),
                                    Integer.parseInt(data[1])));
                });
    }

    private record Opened(WeightedRows likes) implements Asked.Opened {

        @Override
        public String greeting() {
            return "iALS with "
                    + Arrays.stream(likes.items()).mapToInt(row -> row.length).sum()
                    + " pairs";
        }

        /** With the grouping by items, and both sides' factors at the end, as Spark's are. */
        @Override
        public String to(String question) throws IOException {
            String[] asked = question.split(" ", 6);
            ModelSpec.Ials spec =
                    new ModelSpec.Ials(
                            Integer.parseInt(asked[0]),
                            Double.parseDouble(asked[2]),
                            Double.parseDouble(asked[3]),
                            Integer.parseInt(asked[1]));
            long start = System.nanoTime();
            Alternating als = new Alternating(Signals.of(likes, new int[0][]), spec);
            Factors items = als.items(7, (_, _, _) -> {});
            float[] users = als.users(items);
            double seconds = (System.nanoTime() - start) / NANOS;
            if (!asked[5].equals(AlsSide.NO_FILE)) {
                write(users, items, Path.of(asked[5]));
            }
            return Double.toString(seconds);
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private static void write(float[] users, Factors items, Path file) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            Factorised.write(users, items.rank(), out);
            Factorised.write(items.rows(), items.rank(), out);
        }
    }

    private static WeightedRows read(Path file, int users, int items) throws IOException {
        int[][] rows = new int[users][0];
        int[] row = new int[items];
        int length = 0;
        int user = 0;
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int comma = line.indexOf(',');
                int next = Integer.parseInt(line, 0, comma, 10);
                if (next != user) {
                    rows[user] = Arrays.copyOf(row, length);
                    user = next;
                    length = 0;
                }
                row[length++] = Integer.parseInt(line, comma + 1, line.length(), 10);
            }
        }
        rows[user] = Arrays.copyOf(row, length);
        return new WeightedRows(items, rows, Signal.ones(rows));
    }
}

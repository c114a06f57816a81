package io.farandole.recommenders.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.ModelSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each family against its formula, written out over full matrices. */
class LinearModelsTest {

    private static final int USERS = 60;
    private static final int ITEMS = 14;
    private static final Offset<Double> NEAR = within(2e-5);

    private final double[][] x = new double[USERS][ITEMS];
    private final Signals signals = signals();

    @Test
    void aRidgeAmongNearestIsTheRidgeWhereAllAreNear() {
        ModelSpec.Ease all = new ModelSpec.Ease(3, 1, 0.7, 0.5, 0.3, 0, 0);
        ModelSpec.Ease near = new ModelSpec.Ease(3, 1, 0.7, 0.5, 0.3, ITEMS, 0);

        assertClose(fit(near), fit(all));
    }

    @Test
    void aRidgePartlyWholeIsTheWholeOneAmongThePopularAndTheNearOneToTheOthers() {
        int few = 6;
        ModelSpec.Ease spec = new ModelSpec.Ease(3, 1, 0.7, 0.5, 0.3, 4, few);
        int[] popular = Fitting.dense(signals, spec);
        double least = Arrays.stream(popular).mapToDouble(this::degree).min().orElseThrow();
        double[][] among = matrix(new Ridge(signals, spec).among(popular, (_, _, _) -> {}), ITEMS);
        double[][] near = fit(new ModelSpec.Ease(3, 1, 0.7, 0.5, 0.3, 4, 0));

        double[][] weights = fit(spec);

        assertThat(popular).hasSize(few).isSorted();
        for (int to = 0; to < ITEMS; to++) {
            boolean whole = Arrays.binarySearch(popular, to) >= 0;
            assertThat(degree(to))
                    .satisfies(d -> assertThat(whole ? d >= least : d <= least).isTrue());
            for (int from = 0; from < ITEMS; from++) {
                assertThat(weights[from][to])
                        .isCloseTo((whole ? among : near)[from][to], within(1e-6));
            }
        }
    }

    @Test
    void leavesOutRowsThatNobodyAsksFor() {
        for (ModelSpec.Linear spec :
                List.of(
                        new ModelSpec.Graph(0.3, 4, 1, 0.5),
                        new ModelSpec.Rp3Beta(0.7, 0.4, 5),
                        new ModelSpec.Transitions(2, 0.5))) {
            double[][] all = fit(spec);
            double[][] some =
                    matrix(
                            Fitting.fit(spec, signals, 5, (_, _, _) -> {}, item -> item % 3 == 0),
                            ITEMS);
            for (int row = 0; row < ITEMS; row++) {
                assertThat(some[row]).isEqualTo(row % 3 == 0 ? all[row] : new double[ITEMS]);
            }
        }
    }

    @Test
    void aRidgeLeavesNothingOfItsItemThatItsNeighboursExplain() {
        // The normal equations: (G + Λ)(N,N) w = G(N,j), with each act weighed by its user.
        double[][] weights = fit(new ModelSpec.Ease(3, 1, 0.7, 0.5, 0, 0, 0));
        double mean = IntStream.range(0, ITEMS).mapToDouble(this::degree).average().orElseThrow();
        double[] sums = Arrays.stream(x).mapToDouble(user -> Arrays.stream(user).sum()).toArray();
        double unit = Arrays.stream(sums).map(Math::sqrt).sum() / Arrays.stream(sums).sum();
        for (int target = 0; target < ITEMS; target++) {
            for (int i = 0; i < ITEMS; i++) {
                if (i == target) {
                    continue;
                }
                double left = 3 * unit * Math.pow(degree(i) / mean, 0.7) * weights[i][target];
                for (int j = 0; j < ITEMS; j++) {
                    left += j == target ? 0 : pairs(i, j, 0.5) * weights[j][target];
                }
                assertThat(left).isCloseTo(pairs(i, target, 0.5), within(1e-3));
            }
        }
    }

    @Test
    void walksAsTheProbabilitiesSay() {
        double[][] weights = fit(new ModelSpec.Rp3Beta(0.7, 0.4, ITEMS));
        for (int i = 0; i < ITEMS; i++) {
            for (int j = 0; j < ITEMS; j++) {
                double walk = 0;
                for (double[] user : x) {
                    walk +=
                            Math.pow(user[i] / degree(i), 0.7)
                                    * Math.pow(user[j] / Arrays.stream(user).sum(), 0.7);
                }
                double expected = i == j ? 0 : walk / Math.pow(degree(j), 0.4);
                assertThat(weights[i][j]).isCloseTo(expected, NEAR);
            }
        }
    }

    @Test
    void theFirstFrequencyOfTheGraphIsPopularity() {
        // Of the symmetric normalisation the first singular vector is √degree, its value 1.
        double[][] common = fit(new ModelSpec.Graph(0, 1, 1, 0.5));
        double[][] filtered = fit(new ModelSpec.Graph(2, 1, 1, 0.5));
        double all = IntStream.range(0, ITEMS).mapToDouble(this::degree).sum();
        for (int i = 0; i < ITEMS; i++) {
            for (int j = 0; j < ITEMS; j++) {
                if (i != j) {
                    assertThat(common[i][j])
                            .isCloseTo(pairs(i, j, 1) / Math.sqrt(degree(i) * degree(j)), NEAR);
                    assertThat(filtered[i][j] - common[i][j])
                            .isCloseTo(2 * degree(j) / all, within(1e-3));
                }
            }
        }
    }

    @Test
    void allFrequenciesTogetherAreNoFilter() {
        assertClose(
                fit(new ModelSpec.Graph(1, ITEMS, 0.5, 0.3)),
                fit(new ModelSpec.Graph(0, ITEMS, 0.5, 0.3)));
    }

    @Test
    void sharpensAsOneStepOfRungeAndKutta() {
        // Of all frequencies: (P + low D^-a V Vᵀ D^a) p(hP / |P|), V Vᵀ being 1.
        double low = 0.6;
        double h = 1.7;
        double[][] p = new double[ITEMS][ITEMS];
        for (int i = 0; i < ITEMS; i++) {
            for (int j = 0; j < ITEMS; j++) {
                p[i][j] = pairs(i, j, 0.5) * Math.pow(degree(i) * degree(j), -0.3);
            }
        }
        double[][] sharp = identity();
        double[][] power = identity();
        double factor = 1;
        for (int n = 1; n <= 4; n++) {
            power = product(power, p);
            factor *= -h / norm(p) / n;
            add(sharp, power, factor);
        }
        double[][] blurred = identity();
        for (double[] row : blurred) {
            Arrays.setAll(row, i -> row[i] * low);
        }
        add(blurred, p, 1);
        double[][] expected = product(blurred, sharp);
        for (int i = 0; i < ITEMS; i++) {
            expected[i][i] = 0;
        }

        double scale = Arrays.stream(expected).flatMapToDouble(Arrays::stream).max().orElseThrow();
        double[][] weights = fit(new ModelSpec.Graph(low, ITEMS, 0.5, 0.3, h));
        for (int i = 0; i < ITEMS; i++) {
            for (int j = 0; j < ITEMS; j++) {
                assertThat(weights[i][j]).isCloseTo(expected[i][j], within(1e-3 * scale));
            }
        }
    }

    @Test
    void aFilterScoresHistoriesAsItsMatrixDoes() {
        int[][] pasts = {{1, 4, 9}, {}, {13}};
        float[][] counts = {{1, 0.5f, 0}, {}, {2}};
        for (ModelSpec.Graph spec :
                List.of(
                        new ModelSpec.Graph(0, 4, 1, 0.5),
                        new ModelSpec.Graph(0.3, 4, 0.5, 0.4),
                        new ModelSpec.Graph(0.3, 4, 1, 0.5, 2.5),
                        new ModelSpec.Graph(0, 4, 1, 0.5, 2.5))) {
            Scoring.Block direct = scoring(spec).of(pasts, counts);
            Scoring.Block byMatrix = new Scores(weights(spec), ITEMS).of(pasts, counts);
            for (int at = 0; at < pasts.length; at++) {
                float[] scores = new float[ITEMS];
                float[] expected = new float[ITEMS];
                direct.add(at, 3, scores);
                byMatrix.add(at, 3, expected);
                for (int item = 0; item < ITEMS; item++) {
                    assertThat(scores[item])
                            .as(spec.text())
                            .isCloseTo(expected[item], within(1e-5f));
                }
            }
        }
    }

    @Test
    void aSpectrumOfMoreVectorsDoesForFewer() {
        Spectra spectra = new Spectra(signals, 5);
        ModelSpec.Graph many = new ModelSpec.Graph(0.3, 8, 1, 0.5);
        ModelSpec.Graph few = new ModelSpec.Graph(0.3, 3, 1, 0.5);
        assertThat(spectra.has(few)).isFalse();

        new GraphFilter(signals, many, spectra);

        assertThat(spectra.has(few)).isTrue();
        assertThat(spectra.has(new ModelSpec.Graph(0.3, 3, 0.5, 0.5))).isFalse();
        double[][] weights =
                matrix(new GraphFilter(signals, few, spectra).weights(ITEMS, _ -> true), ITEMS);
        double[][] alone = fit(few);
        for (int i = 0; i < ITEMS; i++) {
            for (int j = 0; j < ITEMS; j++) {
                assertThat(weights[i][j]).isCloseTo(alone[i][j], within(5e-3));
            }
        }
    }

    @Test
    void countsWhatCameNext() {
        int[][] sequences = {{0, 1, 2}, {1, 0}};
        Signals few =
                Signals.of(
                        new WeightedRows(
                                3,
                                new int[][] {{0, 1, 2}, {0, 1}},
                                new float[][] {{1, 1, 1}, {1, 1}}),
                        sequences);

        double[][] weights =
                matrix(Fitting.fit(new ModelSpec.Transitions(2, 0), few, 0, (_, _, _) -> {}), 3);

        assertThat(weights).isDeepEqualTo(new double[][] {{0, 1, 0.5}, {1, 0, 1}, {0, 0, 0}});
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0.5", "0.7, 1, 0.4", "1, 2, 0.5", "0.6, 2, 0.3", "0.8, 3, 0.5"})
    void aPolynomialFilterIsThePolynomialOfItsGraph(double power, int order, double items) {
        ModelSpec.Turbo spec = new ModelSpec.Turbo(power, order, 2 * (1 - items), items);
        double[][] graph = new double[ITEMS][ITEMS];
        for (int i = 0; i < ITEMS; i++) {
            for (int j = 0; j < ITEMS; j++) {
                double normal = Math.pow(degree(i) * degree(j), -items);
                graph[i][j] = Math.pow(pairs(i, j, spec.users()) * normal, power);
            }
        }
        double largest = order == 1 ? 1 : norm(graph);
        for (double[] row : graph) {
            Arrays.setAll(row, j -> row[j] / largest);
        }
        double[][] second = product(graph, graph);
        double[][] expected = new double[ITEMS][ITEMS];
        add(expected, graph, order == 1 ? 1 : order == 2 ? 2 : 1 - 0.29);
        add(expected, second, order == 1 ? 0 : order == 2 ? -1 : 0.1);
        add(expected, product(second, graph), order == 3 ? -0.01 : 0);
        for (int i = 0; i < ITEMS; i++) {
            expected[i][i] = 0;
        }

        assertClose(fit(spec), expected);
    }

    @Test
    void aBlendWithFactorsIsBothAddedUp() {
        ModelSpec.Linear a = ModelSpec.Rp3Beta.USUAL;
        FactorScores factors =
                new FactorScores(
                        new Alternating(signals, new ModelSpec.Ials(3, 0.01, 0.2, 4))
                                .items(5, (_, _, _) -> {}));
        double of = Blending.deviation(signals, factors);

        ItemWeights blended =
                new Blending(signals, List.of(factors, scoring(a)), new double[] {0.5, 2})
                        .weights();

        assertThat(blended)
                .isInstanceOfSatisfying(
                        ItemWeights.Sum.class,
                        sum -> {
                            assertThat(sum.factors()).isSameAs(factors.factors());
                            assertThat((double) sum.share()).isCloseTo(0.5 / of, NEAR);
                            assertThat(matrix(sum.weights(), ITEMS)[1][2])
                                    .isCloseTo(
                                            2
                                                    * fit(a)[1][2]
                                                    / Blending.deviation(signals, scoring(a)),
                                            NEAR);
                        });
    }

    @Test
    void aBlendIsTheSumOfItsScaledParts() {
        ModelSpec.Linear a = ModelSpec.Rp3Beta.USUAL;
        ModelSpec.Linear b = new ModelSpec.Ease(3, 1);
        List<Scoring> parts = List.of(scoring(a), scoring(b));
        double ofA = Blending.deviation(signals, parts.getFirst());
        double ofB = Blending.deviation(signals, parts.getLast());

        double[][] sum =
                matrix(new Blending(signals, parts, new double[] {2, 0.5}).weights(), ITEMS);

        assertThat(sum[1][2]).isCloseTo(2 * fit(a)[1][2] / ofA + 0.5 * fit(b)[1][2] / ofB, NEAR);
        assertThat(ofA).isNotCloseTo(ofB, within(0.01));
    }

    /** The largest eigenvalue, by powers. */
    private static double norm(double[][] matrix) {
        double[][] power = matrix;
        double norm = 0;
        for (int i = 0; i < 12; i++) {
            power = product(power, power);
            double[][] squared = power;
            double trace = IntStream.range(0, ITEMS).mapToDouble(j -> squared[j][j]).sum();
            norm += Math.log(trace) / Math.pow(2, i + 1.0);
            for (double[] row : power) {
                Arrays.setAll(row, j -> row[j] / trace);
            }
        }
        return Math.exp(norm);
    }

    private static double[][] identity() {
        double[][] one = new double[ITEMS][ITEMS];
        for (int i = 0; i < ITEMS; i++) {
            one[i][i] = 1;
        }
        return one;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] product = new double[ITEMS][ITEMS];
        for (int i = 0; i < ITEMS; i++) {
            for (int j = 0; j < ITEMS; j++) {
                for (int k = 0; k < ITEMS; k++) {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return product;
    }

    private static void add(double[][] to, double[][] more, double factor) {
        for (int i = 0; i < ITEMS; i++) {
            for (int j = 0; j < ITEMS; j++) {
                to[i][j] += factor * more[i][j];
            }
        }
    }

    private Signals signals() {
        Random random = new Random(7);
        int[][] rows = new int[USERS][];
        float[][] ones = new float[USERS][];
        for (int user = 0; user < USERS; user++) {
            for (int item = 0; item < ITEMS; item++) {
                x[user][item] = random.nextInt(ITEMS + 4) >= item ? 1 : 0;
            }
            double[] row = x[user];
            rows[user] = IntStream.range(0, ITEMS).filter(i -> row[i] > 0).toArray();
            ones[user] = new float[rows[user].length];
            Arrays.fill(ones[user], 1);
        }
        return Signals.of(new WeightedRows(ITEMS, rows, ones), rows);
    }

    private double degree(int item) {
        return Arrays.stream(x).mapToDouble(user -> user[item]).sum();
    }

    private double pairs(int i, int j, double exponent) {
        return Arrays.stream(x)
                .mapToDouble(
                        user ->
                                user[i]
                                        * user[j]
                                        * Math.pow(
                                                Math.max(1, Arrays.stream(user).sum()), -exponent))
                .sum();
    }

    private ItemWeights weights(ModelSpec.Linear spec) {
        return Fitting.fit(spec, signals, 5, (_, _, _) -> {});
    }

    private Scoring scoring(ModelSpec.Linear spec) {
        return Fitting.scoring(
                spec, signals, 5, new Spectra(signals, 5), (_, _, _) -> {}, _ -> true);
    }

    private double[][] fit(ModelSpec.Linear spec) {
        return matrix(weights(spec), ITEMS);
    }

    private static double[][] matrix(ItemWeights weights, int size) {
        Scores scores = new Scores(weights, size);
        double[][] matrix = new double[size][size];
        for (int from = 0; from < size; from++) {
            float[] row = new float[size];
            scores.add(from, 1, row);
            for (int to = 0; to < size; to++) {
                matrix[from][to] = from == to ? 0 : row[to];
            }
        }
        return matrix;
    }

    private static void assertClose(double[][] actual, double[][] expected) {
        for (int row = 0; row < expected.length; row++) {
            for (int column = 0; column < expected.length; column++) {
                assertThat(actual[row][column])
                        .as(row + "," + column)
                        .isCloseTo(expected[row][column], within(2e-4));
            }
        }
    }
}

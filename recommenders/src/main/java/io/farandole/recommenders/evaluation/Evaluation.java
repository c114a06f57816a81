package io.farandole.recommenders.evaluation;

import java.util.List;

/** How one model answered: the report, and each user's values, to be compared with another's. */
public final class Evaluation {

    /**
     * What is written down; its JSON form is its components.
     *
     * @param model its checksum
     * @param variety of each length; none where no types are known
     * @param slices for the first length
     * @param scoringSeconds for all lists together
     */
    public record Report(
            String spec,
            String model,
            HeldOut.Counts test,
            List<Measured> metrics,
            List<Coverage> coverage,
            List<Breadth> breadth,
            List<Variety> variety,
            List<Slice> slices,
            double scoringSeconds) {

        /**
         * @throws IllegalArgumentException if that length was not asked for
         */
        public Interval metric(Metric metric, int k) {
            return metrics.stream()
                    .filter(one -> one.metric().equals(metric.label()) && one.k() == k)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no " + metric + "@" + k))
                    .interval();
        }

        /**
         * @throws IllegalArgumentException if that length was not asked for
         */
        public Breadth breadth(int k) {
            return breadth.stream()
                    .filter(one -> one.k() == k)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no breadth@" + k));
        }

        /**
         * @throws IllegalArgumentException if that length was not asked for
         */
        public double coverage(int k) {
            return coverage.stream()
                    .filter(one -> one.k() == k)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no coverage@" + k))
                    .part();
        }
    }

    /**
     * A metric's mean.
     *
     * @param metric {@link Metric#label()}
     */
    public record Measured(String metric, int k, Interval interval) {}

    /**
     * How much of the catalogue is in anyone's list.
     *
     * @param part 0 to 1
     */
    public record Coverage(int k, double part) {}

    /**
     * The mean over the same users of one model's value minus the other's.
     *
     * @param metric {@link Metric#label()}
     * @param users how many
     */
    public record Difference(
            String spec, String minus, String metric, int k, int users, Interval interval) {

        /** Whether the first is better beyond what chance explains. */
        public boolean isBetter() {
            return interval.low() > 0;
        }
    }

    private final Report report;
    private final List<Values> values;
    private final Bootstrap bootstrap;

    Evaluation(Report report, List<Values> values, Bootstrap bootstrap) {
        this.report = report;
        this.values = List.copyOf(values);
        this.bootstrap = bootstrap;
    }

    public Report report() {
        return report;
    }

    /**
     * The paired difference, this minus the other, which must have answered the same questions.
     *
     * @throws IllegalArgumentException if it has not, or that length was not asked for
     */
    public Difference minus(Evaluation other, Metric metric, int k) {
        double[] mine = ofUsers(metric, k);
        double[] others = other.ofUsers(metric, k);
        if (!report.test().equals(other.report.test()) || mine.length != others.length) {
            throw new IllegalArgumentException(
                    "not the same questions: " + report.test() + ", " + other.report.test());
        }
        double[] differences = new double[mine.length];
        for (int user = 0; user < mine.length; user++) {
            differences[user] = mine[user] - others[user];
        }
        return new Difference(
                report.spec(),
                other.report.spec(),
                metric.label(),
                k,
                mine.length,
                bootstrap.of(differences));
    }

    private double[] ofUsers(Metric metric, int k) {
        return values.stream()
                .filter(of -> of.metric() == metric && of.k() == k)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + metric + "@" + k))
                .ofUsers();
    }

    /** One value a user. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
    record Values(Metric metric, int k, double[] ofUsers) {}
}

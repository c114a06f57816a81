package io.farandole.recommenders.training;

import io.farandole.recommenders.linear.Scoring;
import io.farandole.recommenders.model.Best;
import io.farandole.recommenders.model.Counting;
import io.farandole.recommenders.training.Validation.Question;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well scores foretell what was held out: the mean of NDCG@20 and recall@20 over users, as
 * {@link io.farandole.recommenders.evaluation.Metric} defines them, over all items.
 */
final class Quality {

    private static final int LENGTH = 20;

    private final List<Question> questions;
    private final int items;
    private final Counting counting;

    /**
     * @param items how many there are
     */
    Quality(List<Question> questions, int items, Counting counting) {
        this.questions = questions;
        this.items = items;
        this.counting = counting;
    }

    /** Of one model. */
    Answers of(Scoring scoring) {
        return of(scoring, new double[] {0}, List.of(), new double[0])[0];
    }

    /**
     * Of a sum to which one more is added, for several factors of that.
     *
     * @param factors of the sum's parts; if there are none, the one is taken as it is
     */
    Answers[] of(Scoring added, double[] trials, List<? extends Scoring> sum, double[] factors) {
        double[][] values = new double[questions.size()][];
        for (int from = 0; from < values.length; from += Scoring.BLOCK) {
            answer(from, added, trials, sum, factors, values);
        }
        Answers[] answers = new Answers[trials.length];
        for (int trial = 0; trial < answers.length; trial++) {
            double[] ofEach = new double[values.length];
            for (int question = 0; question < ofEach.length; question++) {
                ofEach[question] = values[question][trial];
            }
            answers[trial] = new Answers(ofEach);
        }
        return answers;
    }

    /** A block of questions from one on. */
    private void answer(
            int from,
            Scoring added,
            double[] trials,
            List<? extends Scoring> sum,
            double[] factors,
            double[][] values) {
        int count = Math.min(Scoring.BLOCK, values.length - from);
        int[][] pasts = new int[count][];
        float[][] weights = new float[count][];
        for (int at = 0; at < count; at++) {
            pasts[at] = questions.get(from + at).past();
            weights[at] = weights(questions.get(from + at));
        }
        Scoring.Block more = added.of(pasts, weights);
        List<Scoring.Block> base = sum.stream().map(part -> part.of(pasts, weights)).toList();
        IntStream.range(0, count)
                .parallel()
                .forEach(at -> values[from + at] = answer(from, at, more, trials, base, factors));
    }

    private double[] answer(
            int from,
            int at,
            Scoring.Block added,
            double[] trials,
            List<Scoring.Block> sum,
            double[] factors) {
        Question question = questions.get(from + at);
        float[] base = new float[items];
        for (int part = 0; part < factors.length; part++) {
            sum.get(part).add(at, (float) factors[part], base);
        }
        float[] more = new float[items];
        added.add(at, 1, more);
        double[] values = new double[trials.length];
        float[] scores = new float[items];
        for (int trial = 0; trial < trials.length; trial++) {
            float factor = factors.length == 0 ? 1 : (float) trials[trial];
            for (int item = 0; item < items; item++) {
                scores[item] = base[item] + factor * more[item];
            }
            for (int item : question.past()) {
                scores[item] = Float.NaN;
            }
            values[trial] = value(question, scores);
        }
        return values;
    }

    private float[] weights(Question question) {
        int[] past = question.past();
        float[] weights = new float[past.length];
        int later = 0;
        for (int at = past.length - 1; at >= 0; at--) {
            weights[at] = counting.weight(question.liked()[at] ? 1 : 0, later);
            later += weights[at] == 0 ? 0 : 1;
        }
        return weights;
    }

    private static double value(Question question, float[] scores) {
        Best best = new Best(Math.min(LENGTH, scores.length));
        for (int item = 0; item < scores.length; item++) {
            if (best.takes(scores[item])) {
                best.offer(item, scores[item]);
            }
        }
        double[] sums = new double[2];
        int[] rank = {0};
        best.forEachBestFirst(
                (item, _) -> {
                    rank[0]++;
                    if (Arrays.binarySearch(question.wanted(), item) >= 0) {
                        sums[0] += gain(rank[0]);
                        sums[1]++;
                    }
                });
        double ideal = 0;
        for (int place = 1; place <= Math.min(LENGTH, question.wanted().length); place++) {
            ideal += gain(place);
        }
        return (sums[0] / ideal + sums[1] / question.wanted().length) / 2;
    }

    private static double gain(int rank) {
        return 1 / StrictMath.log(rank + 1.0);
    }
}

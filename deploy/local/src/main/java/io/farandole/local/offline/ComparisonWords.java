package io.farandole.local.offline;

import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import io.farandole.recommenders.evaluation.Breadth;
import io.farandole.recommenders.evaluation.Evaluation;
import io.farandole.recommenders.evaluation.Evaluation.Difference;
import io.farandole.recommenders.evaluation.HeldOut;
import io.farandole.recommenders.evaluation.Interval;
import io.farandole.recommenders.evaluation.Metric;
import io.farandole.recommenders.evaluation.Slice;
import io.farandole.recommenders.evaluation.Variety;
import java.util.List;
import java.util.Locale;

/** A comparison for people. */
public record ComparisonWords(Comparison comparison, List<Integer> lengths) {

    public void say(Console console) {
        HeldOut.Counts test = comparison.test();
        console.say("");
        console.say(
                String.format(
                        Locale.ROOT,
                        "%s: %,d interactions to learn from, %,d users with %,d test items",
                        comparison.split(),
                        comparison.trainInteractions(),
                        test.users(),
                        test.items()));
        console.say(
                String.format(
                        Locale.ROOT,
                        "  (%,d of the users and %,d of the test items are new to any model; %,d"
                                + " repetitions are left out)",
                        test.unknownUsers(),
                        test.unknownItems(),
                        test.repeated()));
        for (int k : lengths) {
            console.say("");
            console.say(table(k));
            console.say("");
            console.say(breadth(k));
            if (!comparison.models().getFirst().report().variety().isEmpty()) {
                console.say("");
                console.say(variety(k));
            }
        }
        console.say("");
        console.say(slices(comparison.models().getFirst().report()));
        console.say("");
        comparison.differences().forEach(difference -> console.say("  " + words(difference)));
    }

    private Table table(int k) {
        Table table =
                new Table(
                        "model",
                        "NDCG@" + k,
                        "95 % interval",
                        "recall@" + k,
                        "95 %",
                        "MAP@" + k,
                        "hit rate@" + k,
                        "coverage@" + k,
                        "seconds");
        for (Comparison.Entry entry : comparison.models()) {
            Interval ndcg = entry.report().metric(Metric.NDCG, k);
            table.row(
                    entry.report().spec(),
                    ndcg.mean(),
                    interval(ndcg),
                    entry.report().metric(Metric.RECALL, k).mean(),
                    interval(entry.report().metric(Metric.RECALL, k)),
                    entry.report().metric(Metric.MAP, k).mean(),
                    entry.report().metric(Metric.HIT_RATE, k).mean(),
                    entry.report().coverage(k),
                    entry.seconds());
        }
        return table;
    }

    private static String interval(Interval of) {
        return String.format(Locale.ROOT, "%.3f to %.3f", of.low(), of.high());
    }

    private Table breadth(int k) {
        Table table =
                new Table(
                        "model",
                        "MRR@" + k,
                        "precision@" + k,
                        "Gini@" + k,
                        "tail share@" + k,
                        "novelty@" + k + ", bits",
                        "personalisation@" + k);
        for (Comparison.Entry entry : comparison.models()) {
            Breadth breadth = entry.report().breadth(k);
            table.row(
                    entry.report().spec(),
                    entry.report().metric(Metric.MRR, k).mean(),
                    entry.report().metric(Metric.PRECISION, k).mean(),
                    breadth.gini(),
                    breadth.tailShare(),
                    breadth.novelty(),
                    breadth.personalisation());
        }
        return table;
    }

    private Table variety(int k) {
        Table table =
                new Table(
                        "model",
                        "diversity@" + k,
                        "unexpectedness@" + k,
                        "new types@" + k,
                        "serendipity@" + k);
        for (Comparison.Entry entry : comparison.models()) {
            for (Variety variety : entry.report().variety()) {
                if (variety.k() == k) {
                    table.row(
                            entry.report().spec(),
                            variety.diversity(),
                            variety.unexpectedness(),
                            variety.newTypes(),
                            variety.serendipity());
                }
            }
        }
        return table;
    }

    /** Of the first model alone. */
    private Table slices(Evaluation.Report report) {
        int k = lengths.getFirst();
        Table table =
                new Table(
                        "of " + report.spec(),
                        "users",
                        "test items",
                        "NDCG@" + k,
                        "95 % interval",
                        "recall@" + k);
        for (Slice slice : report.slices()) {
            table.row(
                    slice.name(),
                    slice.users(),
                    slice.items(),
                    slice.ndcg().mean(),
                    String.format(
                            Locale.ROOT, "%.3f to %.3f", slice.ndcg().low(), slice.ndcg().high()),
                    slice.recall().mean());
        }
        return table;
    }

    private static String words(Difference difference) {
        return String.format(
                Locale.ROOT,
                "NDCG@%d of %s minus %s: %+.4f, 95 %% interval %+.4f to %+.4f, %,d users",
                difference.k(),
                difference.spec(),
                difference.minus(),
                difference.interval().mean(),
                difference.interval().low(),
                difference.interval().high(),
                difference.users());
    }
}

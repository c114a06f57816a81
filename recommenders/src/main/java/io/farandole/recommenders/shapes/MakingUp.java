package io.farandole.recommenders.shapes;

import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.dataset.Split;
import io.farandole.recommenders.dataset.Splitting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Makes up who meets what, of a {@link Shape}. Items have a popularity by rank, a topic and a time
 * from which they are there; users have a few topics, more or less of each, and a time of their
 * own. The same shape and seed give the same interactions.
 */
public final class MakingUp {

    private static final Instant BEGINNING = Instant.parse("2024-01-01T00:00:00Z");
    private static final long MILLIS = 300L * 24 * 3600 * 1000;

    /** Of a lognormal number of acts. */
    private static final double DEVIATION = 0.95;

    /** What is not there yet, was met before or is too old is drawn again, so often. */
    private static final int TRIES = 40;

    private static final int SUCCESSORS = 4;
    private static final double MOST_OF_ALL = 0.1;

    /** Part of the draws within a topic that do not follow popularity. */
    private static final double ANY = 0.15;

    private final Shape shape;
    private final SplittableRandom random;
    private final Drawing all;
    private final Drawing[] topics;
    private final Drawing[] groups;
    private final Drawing byTopic;
    private final int[] topicOf;
    private final double[] born;
    private final int[][] successors;

    private MakingUp(Shape shape, long seed) {
        this.shape = shape;
        this.random = new SplittableRandom(seed);
        double[] popularity = popularity();
        Drawing sizes = Drawing.of(zipf(shape.topics(), 0.6));
        this.topicOf = new int[shape.items()];
        Arrays.setAll(topicOf, _ -> sizes.draw(random));
        this.born = new double[shape.items()];
        // A part was always there.
        Arrays.setAll(born, _ -> Math.max(0, random.nextDouble(-0.5, 1)));
        this.all = Drawing.of(popularity);
        this.topics = grouped(popularity, shape.topics(), 1);
        this.groups = grouped(popularity, Math.ceilDiv(shape.topics(), Shape.GROUP), Shape.GROUP);
        double[] totals = new double[shape.topics()];
        Arrays.setAll(totals, topic -> Math.sqrt(topics[topic].total()));
        this.byTopic = Drawing.of(totals);
        this.successors = new int[shape.items()][];
        for (int item = 0; item < successors.length; item++) {
            Drawing from = topics[topicOf[item]];
            successors[item] = new int[SUCCESSORS];
            Arrays.setAll(successors[item], _ -> from.any(random));
        }
    }

    /** Some interactions, a part of them held out. */
    public static Split split(Shape shape, long seed) {
        MakingUp made = new MakingUp(shape, seed);
        List<Interaction> acts = made.acts();
        return switch (shape.holding()) {
            case BY_LOT -> made.byLot(acts);
            case LAST_OF_ALL -> Splitting.global(acts);
            case LAST_OF_EACH -> lastOfEach(acts);
        };
    }

    private double[] popularity() {
        double[] weights = zipf(shape.items(), shape.skew());
        for (int item = weights.length - 1; item > 0; item--) {
            int other = random.nextInt(item + 1);
            double moved = weights[item];
            weights[item] = weights[other];
            weights[other] = moved;
        }
        return weights;
    }

    /** The first few are nearly alike, as in all that was collected. */
    private static double[] zipf(int count, double exponent) {
        double[] weights = new double[count];
        Arrays.setAll(weights, rank -> StrictMath.pow(rank + 1 + count / 400.0, -exponent));
        return weights;
    }

    private Drawing[] grouped(double[] popularity, int count, int topicsEach) {
        int[] sizes = new int[count];
        for (int topic : topicOf) {
            sizes[topic / topicsEach]++;
        }
        int[][] items = new int[count][];
        double[][] weights = new double[count][];
        for (int group = 0; group < count; group++) {
            items[group] = new int[sizes[group]];
            weights[group] = new double[sizes[group]];
        }
        for (int item = topicOf.length - 1; item >= 0; item--) {
            int group = topicOf[item] / topicsEach;
            items[group][--sizes[group]] = item;
            weights[group][sizes[group]] = popularity[item];
        }
        Drawing[] drawings = new Drawing[count];
        Arrays.setAll(drawings, group -> new Drawing(items[group], weights[group]));
        return drawings;
    }

    private List<Interaction> acts() {
        double mean = Math.max(1.0, (double) shape.interactions() / shape.users() - shape.least());
        double median = mean / StrictMath.exp(DEVIATION * DEVIATION / 2);
        List<Interaction> acts = new ArrayList<>(shape.interactions());
        for (int user = 0; user < shape.users(); user++) {
            double more = median * StrictMath.exp(DEVIATION * random.nextGaussian());
            int count = shape.least() + (int) Math.min(more, shape.items() * MOST_OF_ALL);
            one("u" + user, count, acts);
        }
        return acts;
    }

    private void one(String user, int count, List<Interaction> acts) {
        int[] tastes = new int[2 + random.nextInt(5)];
        Arrays.setAll(tastes, _ -> byTopic.draw(random));
        double[] liking = new double[tastes.length];
        // Exponential: of some much more than of others.
        Arrays.setAll(liking, _ -> -StrictMath.log(1 - random.nextDouble()));
        Drawing drawing = Drawing.of(liking);
        double start = random.nextDouble();
        double length = Math.min(1 - start, -0.2 * StrictMath.log(1 - random.nextDouble()));
        double[] times = new double[count];
        Arrays.setAll(times, _ -> start + length * random.nextDouble());
        Arrays.sort(times);
        BitSet met = new BitSet();
        int last = -1;
        for (double time : times) {
            int item = next(tastes, drawing, last, time, met);
            if (item >= 0) {
                met.set(item);
                last = item;
                acts.add(
                        Interaction.of(
                                user,
                                "i" + item,
                                shape.holding() == Shape.Holding.BY_LOT
                                        ? Instant.EPOCH
                                        : BEGINNING.plusMillis((long) (time * MILLIS))));
            }
        }
    }

    private int next(int[] tastes, Drawing liking, int last, double time, BitSet met) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int item = draw(tastes, liking, last);
            if (!met.get(item) && isThere(item, time)) {
                return item;
            }
        }
        return -1;
    }

    private int draw(int[] tastes, Drawing liking, int last) {
        if (last >= 0 && random.nextDouble() < shape.chains()) {
            return successors[last][random.nextInt(SUCCESSORS)];
        }
        double what = random.nextDouble();
        int topic = tastes[liking.draw(random)];
        Drawing from =
                what < shape.narrow()
                        ? topics[topic]
                        : what < shape.narrow() + shape.wide() ? groups[topic / Shape.GROUP] : all;
        return from != all && random.nextDouble() < ANY ? from.any(random) : from.draw(random);
    }

    private boolean isThere(int item, double time) {
        return shape.drift() == 0
                || (born[item] <= time
                        && random.nextDouble()
                                < StrictMath.exp(-shape.drift() * (time - born[item])));
    }

    private Split byLot(List<Interaction> acts) {
        List<Interaction> train = new ArrayList<>();
        List<Interaction> test = new ArrayList<>();
        for (List<Interaction> one : byUser(acts)) {
            int held = one.size() / 5;
            for (int at = 0; at < one.size(); at++) {
                boolean out = random.nextInt(one.size() - at) < held;
                held -= out ? 1 : 0;
                (out ? test : train).add(one.get(at));
            }
        }
        return new Split(train, test);
    }

    private static Split lastOfEach(List<Interaction> acts) {
        List<Interaction> train = new ArrayList<>();
        List<Interaction> test = new ArrayList<>();
        for (List<Interaction> one : byUser(acts)) {
            train.addAll(one.subList(0, one.size() - 1));
            test.add(one.getLast());
        }
        return new Split(train, test);
    }

    private static Iterable<List<Interaction>> byUser(List<Interaction> acts) {
        Map<String, List<Interaction>> grouped = new HashMap<>();
        List<List<Interaction>> inOrder = new ArrayList<>();
        for (Interaction act : acts) {
            grouped.computeIfAbsent(
                            act.user(),
                            _ -> {
                                List<Interaction> mine = new ArrayList<>();
                                inOrder.add(mine);
                                return mine;
                            })
                    .add(act);
        }
        return inOrder;
    }
}
